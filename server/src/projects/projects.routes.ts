import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { createProject, updateProject } from './projects.service.ts'
import { createProjectsStore } from './projects.store.ts'

export function registerProjectRoutes(on: Registrar, deps: Deps): void {
  const store = createProjectsStore(deps.db)

  on(routes.createProject, ({ actor, body }) => createProject(deps, actor, body))

  on(routes.getProject, ({ project }) => store.get(project.id))

  on(routes.updateProject, ({ project, actor, body }) => {
    const { basedOn, ...change } = body
    return updateProject(deps, project.id, actor, basedOn, change)
  })
}
