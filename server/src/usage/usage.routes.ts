import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { flagSeries, listUsage } from './usage.service.ts'

export function registerUsageRoutes(on: Registrar, deps: Deps): void {
  on(routes.listUsage, async ({ project, query }) => ({ flags: await listUsage(deps, project.id, query.flags?.split(',')) }))

  on(routes.getUsage, ({ project, params, query }) => flagSeries(deps, project.id, params, query.hours ?? 24))
}
