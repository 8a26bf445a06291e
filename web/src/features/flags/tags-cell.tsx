import { Link } from '@tanstack/react-router'
import css from './state-cells.module.css'

const FEW = 2

/** The first tags of a flag, each the way to all flags that have it. */
export function TagsCell({ tags, project }: { tags: readonly string[]; project: string }) {
  const more = tags.length - FEW
  return (
    <span className={css.tags}>
      {tags.slice(0, FEW).map((tag) => <Link key={tag} to="/p/$project/flags" params={{ project }} search={(old) => ({ ...old, tag })} className={css.tag}>{tag}</Link>)}
      {more > 0 ? <span className="muted" title={tags.slice(FEW).join(', ')}>+{more}<span className="sr"> more: {tags.slice(FEW).join(', ')}</span></span> : null}
    </span>
  )
}
