import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { getDelivery } from './delivery.service.ts'

export function registerDeliveryRoutes(on: Registrar, deps: Deps): void {
  on(routes.getDelivery, ({ project, query }) => getDelivery(deps, project.id, query))
}
