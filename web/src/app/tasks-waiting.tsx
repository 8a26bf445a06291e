import { useQuery } from '@tanstack/react-query'
import { openTasksQuery } from '../api/project-queries.ts'
import { useProjectKey } from '../api/project.ts'
import { useMe } from '../api/session.ts'
import { count, plural } from '../ui/format.ts'
import css from './shell.module.css'

/** How many open tasks are those of the person signed in; nothing where none is. */
export function TasksWaiting() {
  const { name } = useMe()
  const mine = useQuery(openTasksQuery(useProjectKey())).data?.tasks.filter(({ assignee }) => assignee === name).length ?? 0
  if (mine === 0) return null
  return <span className={css.badge}><span aria-hidden>{count(mine)}</span><span className="sr">, {plural(mine, 'is', 'are')} yours</span></span>
}
