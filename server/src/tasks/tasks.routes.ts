import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { completeTask, reopenTask, saveTask } from './tasks.service.ts'
import { createTasksStore } from './tasks.store.ts'

export function registerTaskRoutes(on: Registrar, deps: Deps): void {
  const store = createTasksStore(deps.db)

  on(routes.listTasks, async ({ project, query }) => ({ tasks: await store.list(project.id, query) }))

  on(routes.saveTask, ({ project, actor, params, body: { basedOn, ...change } }) => saveTask(deps, project.id, actor, params.task, basedOn, change))

  on(routes.completeTask, ({ project, actor, params, body }) => completeTask(deps, project.id, actor, params.task, body.basedOn, body.note ?? ''))

  on(routes.reopenTask, ({ project, actor, params, body }) => reopenTask(deps, project.id, actor, params.task, body.basedOn, body.note))
}
