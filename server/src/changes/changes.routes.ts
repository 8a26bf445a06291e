import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { applyChange } from './apply-change.service.ts'
import { getChange, listChanges, proposeChange, reviewChange, updateChange, withdrawChange } from './changes.service.ts'

export function registerChangeRoutes(on: Registrar, deps: Deps): void {
  on(routes.listChanges, async ({ project, actor, query }) => ({ changes: await listChanges(deps, project, actor, query) }))

  on(routes.proposeChange, ({ project, actor, params, body }) => proposeChange(deps, project, actor, params, body))

  on(routes.getChange, ({ project, actor, params }) => getChange(deps, project, actor, params.change))

  on(routes.updateChange, ({ project, actor, params, body: { revision, ...draft } }) => updateChange(deps, project, actor, params.change, revision, draft))

  on(routes.reviewChange, ({ project, actor, params, body }) => reviewChange(deps, project, actor, params.change, body))

  on(routes.applyChange, ({ project, actor, params, body }) => applyChange(deps, project, actor, params.change, body.revision, body.confirmMoves === true))

  on(routes.withdrawChange, ({ project, actor, params, body }) => withdrawChange(deps, project, actor, params.change, body.reason))
}
