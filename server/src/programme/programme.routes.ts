import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { getProgramme } from './programme.service.ts'

export function registerProgrammeRoutes(on: Registrar, deps: Deps): void {
  on(routes.getProgramme, ({ project }) => getProgramme(deps, project.id))
}
