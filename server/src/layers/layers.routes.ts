import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { createHoldout, releaseHoldout } from './holdouts.service.ts'
import { createLayer, deleteLayer } from './layers.service.ts'
import { createLayersStore } from './layers.store.ts'

export function registerLayerRoutes(on: Registrar, deps: Deps): void {
  const store = createLayersStore(deps.db)

  on(routes.listLayers, async ({ project }) => ({ layers: await store.layers(project.id) }))

  on(routes.createLayer, ({ project, actor, body }) => createLayer(deps, project.id, actor, body))

  on(routes.deleteLayer, ({ project, actor, params }) => deleteLayer(deps, project.id, actor, params.layer))

  on(routes.listHoldouts, async ({ project }) => ({ holdouts: await store.holdouts(project.id) }))

  on(routes.createHoldout, ({ project, actor, body: { reason, ...holdout } }) => createHoldout(deps, project.id, actor, holdout, reason))

  on(routes.releaseHoldout, ({ project, actor, params }) => releaseHoldout(deps, project.id, actor, params.holdout))
}
