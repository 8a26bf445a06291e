import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { messageOf } from '../message-of.ts'
import { Panel } from '../panel.tsx'
import { type About, tasksQuery } from './task-queries.ts'
import { TaskRow } from './task-row.tsx'
import css from './tasks.module.css'

/** What decisions left to do about one experiment or flag; nothing where none left anything. */
export function TasksPanel({ about }: { about: About }) {
  const project = useProjectKey()
  const { data, error } = useQuery(tasksQuery(project, about))
  const tasks = data?.tasks ?? []
  if (tasks.length === 0 && !error) return null
  return (
    <Panel title="Left to do" aside={<Link to="/p/$project/tasks" params={{ project }}>All tasks</Link>} padded={false}>
      {error && tasks.length === 0 ? <p className={css.quiet}>The tasks could not be loaded: {messageOf(error)}</p> : <ul className={css.list}>{tasks.map((task) => <li key={task.key}><TaskRow task={task} linked={false} /></li>)}</ul>}
    </Panel>
  )
}
