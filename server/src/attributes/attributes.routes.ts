import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Registrar } from '../http/register.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import { listAttributes } from './attributes.service.ts'

export function registerAttributeRoutes(on: Registrar, deps: Deps): void {
  on(routes.listAttributes, async ({ project, query }) => {
    try {
      return await listAttributes(deps, project.id, query.unit ?? 'user')
    } catch (error) {
      throw isStoreAway(error) ? new AppError('storage_unavailable', 'The event store does not answer: attributes are offered again when it does.', { cause: error }) : error
    }
  })
}
