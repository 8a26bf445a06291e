import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { readInbox } from './inbox.service.ts'

export function registerInboxRoutes(on: Registrar, deps: Deps): void {
  on(routes.getInbox, ({ project, actor }) => readInbox(deps, project, actor))
}
