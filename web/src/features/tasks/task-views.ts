import type { Task } from '@assay/server/contract'

export type TaskView = 'mine' | 'open' | 'done'

export const taskViews: readonly { value: TaskView; label: string }[] = [{ value: 'mine', label: 'Mine' }, { value: 'open', label: 'Open' }, { value: 'done', label: 'Done' }]

export function isInView({ assignee, doneAt }: Pick<Task, 'assignee' | 'doneAt'>, view: TaskView, me: string): boolean {
  if (view === 'done') return doneAt !== null
  return doneAt === null && (view === 'open' || assignee === me)
}

/** The view an address names; else mine where anything is, else all that is open. */
export function taskView(named: string | undefined, tasks: readonly Pick<Task, 'assignee' | 'doneAt'>[], me: string): TaskView {
  return taskViews.find(({ value }) => value === named)?.value ?? (tasks.some((task) => isInView(task, 'mine', me)) ? 'mine' : 'open')
}

/** The same view as filters of the export. */
export function viewFilters(view: TaskView, me: string): { state: 'open' | 'done'; assignee?: string } {
  return view === 'mine' ? { state: 'open', assignee: me } : { state: view }
}
