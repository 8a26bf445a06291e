import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Registrar } from '../http/register.ts'
import { createHypothesis, saveHypothesis } from './hypotheses.service.ts'
import { createHypothesesStore } from './hypotheses.store.ts'

export function registerHypothesisRoutes(on: Registrar, deps: Deps): void {
  const store = createHypothesesStore(deps.db)

  on(routes.listHypotheses, async ({ project }) => ({ hypotheses: await store.list(project.id) }))

  on(routes.getHypothesis, async ({ project, params }) => {
    const found = await store.find(project.id, params.hypothesis)
    if (!found) throw new AppError('not_found', `There is no hypothesis ${params.hypothesis}.`)
    const { id: _, ...hypothesis } = found
    return hypothesis
  })

  on(routes.createHypothesis, ({ project, actor, body }) => createHypothesis(deps, project.id, actor, body))

  on(routes.saveHypothesis, ({ project, actor, params, body }) => saveHypothesis(deps, project.id, actor, params.hypothesis, body.basedOn, body.draft))
}
