import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { previewCohort } from './cohort-size.service.ts'
import { createCohort, deleteCohort, findCohort, listCohorts, saveCohort } from './cohorts.service.ts'

export function registerCohortRoutes(on: Registrar, deps: Deps): void {
  on(routes.listCohorts, async ({ project }) => ({ cohorts: await listCohorts(deps.db, project.id) }))

  on(routes.getCohort, ({ project, params }) => findCohort(deps.db, project.id, params.cohort))

  on(routes.createCohort, ({ project, actor, body }) => createCohort(deps, project.id, actor, body))

  on(routes.saveCohort, ({ project, actor, params, body: { basedOn, reason, ...definition } }) => saveCohort(deps, project.id, actor, basedOn, { key: params.cohort, ...definition }, reason))

  on(routes.previewCohort, ({ project, body: { environment, ...edited } }) => previewCohort(deps, project.id, environment, edited))

  on(routes.deleteCohort, ({ project, actor, params, query }) => deleteCohort(deps, project.id, actor, params.cohort, query.basedOn))
}
