import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Registrar } from '../http/register.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import { previewImpact } from './impact.service.ts'

export function registerImpactRoutes(on: Registrar, deps: Deps): void {
  on(routes.previewImpact, async ({ project, params, body }) => {
    try {
      return await previewImpact(deps, project.id, params, body.targeting)
    } catch (error) {
      throw isStoreAway(error) ? new AppError('storage_unavailable', 'The event store does not answer: whom the change moves is computed again when it does.', { cause: error }) : error
    }
  })
}
