import { useQuery } from '@tanstack/react-query'
import { changesQuery } from '../api/project-queries.ts'
import { useProjectKey } from '../api/project.ts'
import { count, plural } from '../ui/format.ts'
import css from './shell.module.css'

/** How many changes wait for the person signed in; nothing where none does. */
export function ChangesWaiting() {
  const waiting = useQuery(changesQuery(useProjectKey())).data?.changes.filter(({ waitsForYou }) => waitsForYou).length ?? 0
  if (waiting === 0) return null
  return <span className={css.badge}><span aria-hidden>{count(waiting)}</span><span className="sr">, {plural(waiting, 'waits', 'wait')} for you</span></span>
}
