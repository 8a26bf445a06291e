import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { createExperimentsStore } from '../experiments/experiments.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Registrar } from '../http/register.ts'
import { readDimension } from './dimensions.service.ts'

export function registerDimensionRoutes(on: Registrar, deps: Deps): void {
  on(routes.getDimension, async ({ project, params, query }) => {
    const record = await createExperimentsStore(deps.db).find(project.id, params.experiment)
    if (!record) throw new AppError('not_found', `There is no experiment ${params.experiment}.`)
    return readDimension(deps, record.id, splitting(query))
  })
}

function splitting({ by, attribute }: { by?: 'attribute' | 'first_day'; attribute?: string }) {
  if (by === 'first_day' && attribute !== undefined) throw refused('Ask for an attribute or for the day of the first exposure, not for both.')
  if (by === 'attribute' && attribute === undefined) throw refused('Name the attribute to split by.')
  if (by === 'first_day') return by
  return attribute === undefined ? null : { attribute }
}

function refused(message: string): AppError {
  return new AppError('invalid_request', message, { details: [{ path: 'attribute', message }] })
}
