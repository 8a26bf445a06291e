import { analyseExperiment } from '../analysis/analysis.service.ts'
import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Registrar } from '../http/register.ts'
import { decideExperiment, stopExperiment } from './end-experiment.service.ts'
import { createExperiment, experimentDetail, saveExperiment } from './experiments.service.ts'
import { createExperimentsStore } from './experiments.store.ts'
import { recordNumbersShown } from './numbers-shown.service.ts'
import { coverExperiment, extendExperiment, rearmExperiment, resumeExperiment } from './running-changes.service.ts'
import { startExperiment } from './start-experiment.service.ts'

export function registerExperimentRoutes(on: Registrar, deps: Deps): void {
  const store = createExperimentsStore(deps.db)

  on(routes.listExperiments, async ({ project }) => ({ experiments: (await store.list(project.id)).map((record) => record.summary) }))

  on(routes.getExperiment, ({ project, params }) => experimentDetail(deps, project.id, params.experiment))

  on(routes.createExperiment, ({ project, actor, body }) => createExperiment(deps, project.id, actor, body.hypothesis, body.setup))

  on(routes.saveExperiment, ({ project, actor, params, body }) => saveExperiment(deps, project.id, actor, params.experiment, body.basedOn, body.setup))

  on(routes.startExperiment, ({ project, actor, params, body }) => startExperiment(deps, project.id, actor, params.experiment, body))

  on(routes.coverExperiment, ({ project, actor, params, body }) => coverExperiment(deps, project.id, params.experiment, { actor, ...body }))

  on(routes.rearmExperiment, ({ project, actor, params, body }) => rearmExperiment(deps, project.id, params.experiment, { actor, ...body }))

  on(routes.extendExperiment, ({ project, actor, params, body }) => extendExperiment(deps, project.id, params.experiment, { actor, ...body }))

  on(routes.resumeExperiment, ({ project, actor, params, body }) => resumeExperiment(deps, project.id, params.experiment, { actor, ...body }))

  on(routes.stopExperiment, ({ project, actor, params, body }) => stopExperiment(deps, project.id, actor, params.experiment, body.reason))

  on(routes.decideExperiment, ({ project, actor, params, body }) => decideExperiment(deps, project.id, actor, params.experiment, body))

  on(routes.showNumbers, ({ project, actor, params }) => recordNumbersShown(deps, project.id, actor, params.experiment))

  on(routes.analyseExperiment, async ({ project, params }) => {
    const record = await store.find(project.id, params.experiment)
    if (!record) throw new AppError('not_found', `There is no experiment ${params.experiment}.`)
    if (!record.plan) throw new AppError('wrong_state', `${params.experiment} has not started: there is nothing to analyse.`)
    await analyseExperiment(deps, record.id)
    return experimentDetail(deps, project.id, params.experiment)
  })
}
