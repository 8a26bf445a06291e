import css from './consequences.module.css'

/** What happens, point by point. */
export function Consequences({ points }: { points: readonly string[] }) {
  return <ul className={css.list}>{points.map((point) => <li key={point}>{point}</li>)}</ul>
}
