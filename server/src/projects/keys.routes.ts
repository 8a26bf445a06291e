import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { createKey, extendKey, revokeKey, rotateKey } from './issue-keys.service.ts'
import { createKeysStore } from './keys.store.ts'

export function registerKeyRoutes(on: Registrar, deps: Deps): void {
  const store = createKeysStore(deps.db)

  on(routes.listKeys, async ({ project }) => ({ keys: await store.list(project.id, deps.now()) }))

  on(routes.createKey, ({ project, actor, body }) => createKey(deps, project.id, actor, body))

  on(routes.rotateKey, ({ project, actor, params, body }) => rotateKey(deps, project.id, actor, params.id, body.overlapHours))

  on(routes.extendKey, ({ project, actor, params, body }) => extendKey(deps, project.id, actor, params.id, new Date(body.stopsAt)))

  on(routes.revokeKey, ({ project, actor, params }) => revokeKey(deps, project.id, actor, params.id))
}
