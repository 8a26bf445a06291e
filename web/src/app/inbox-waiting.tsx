import { useQuery } from '@tanstack/react-query'
import { inboxQuery } from '../api/project-queries.ts'
import { useProjectKey } from '../api/project.ts'
import { count, plural } from '../ui/format.ts'
import css from './shell.module.css'

/** How much waits for the person signed in, but for what has time; nothing where nothing does. */
export function InboxWaiting() {
  const counts = useQuery(inboxQuery(useProjectKey())).data?.counts
  const waiting = counts ? counts.now + counts.next : 0
  if (waiting === 0) return null
  return <span className={css.badge}><span aria-hidden>{count(waiting)}</span><span className="sr">, {plural(waiting, 'waits', 'wait')} for you</span></span>
}
