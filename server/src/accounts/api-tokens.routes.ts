import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { createApiToken, listApiTokens, revokeApiToken } from './api-tokens.service.ts'

export function registerApiTokenRoutes(on: Registrar, deps: Deps): void {
  on(routes.listApiTokens, async ({ project, actor }) => ({ tokens: await listApiTokens(deps, project, actor) }))

  on(routes.createApiToken, ({ project, actor, body }) => createApiToken(deps, project, actor, body))

  on(routes.revokeApiToken, ({ project, actor, params }) => revokeApiToken(deps, project, actor, params.token))
}
