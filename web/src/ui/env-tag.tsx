import css from './env-tag.module.css'

/** Name of an environment; production is marked by word and hue. */
export function EnvTag({ name, production }: { name: string; production: boolean }) {
  return <span className={production ? `${css.tag} ${css.production}` : css.tag}>{name}</span>
}
