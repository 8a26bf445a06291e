import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { createEnvironment, updateEnvironment } from './environments.service.ts'

export function registerEnvironmentRoutes(on: Registrar, deps: Deps): void {
  on(routes.createEnvironment, ({ project, actor, body }) => createEnvironment(deps, project.id, actor, body))

  on(routes.updateEnvironment, ({ project, actor, params, body }) => {
    const { basedOn, ...change } = body
    return updateEnvironment(deps, project.id, actor, params.environment, basedOn, change)
  })
}
