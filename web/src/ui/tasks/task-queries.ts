import { routes, type Task } from '@assay/server/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { useProjectKey } from '../../api/project.ts'

export interface About {
  experiment?: string
  flag?: string
}

/** Tasks of a project, or of one experiment or flag: open ones first. */
export function tasksQuery(project: string, about: About = {}) {
  return queryOptions({ queryKey: ['tasks', project, about], queryFn: () => call(routes.listTasks, { params: { project }, query: about }) })
}

/** Writes of one task, each on the revision that was read. */
export function useTaskWrites({ key, revision: basedOn }: Pick<Task, 'key' | 'revision'>) {
  const project = useProjectKey()
  const client = useQueryClient()
  const params = { project, task: key }
  const onSettled = () => { for (const part of ['tasks', 'audit']) void client.invalidateQueries({ queryKey: [part, project] }) }
  return {
    save: useMutation({ mutationFn: (change: { assignee: string; dueAt: string | null }) => call(routes.saveTask, { params, body: { basedOn, ...change } }), onSettled }),
    complete: useMutation({ mutationFn: (note: string) => call(routes.completeTask, { params, body: { basedOn, ...(note === '' ? {} : { note }) } }), onSettled }),
    reopen: useMutation({ mutationFn: (note: string) => call(routes.reopenTask, { params, body: { basedOn, note } }), onSettled }),
  }
}
