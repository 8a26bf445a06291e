import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { createSimilarStore } from '../hypotheses/similar.store.ts'
import type { Registrar } from '../http/register.ts'
import { listLearnings } from './learnings.service.ts'

export function registerLearningRoutes(on: Registrar, deps: Deps): void {
  on(routes.listLearnings, ({ project, query: { wrong, contradicted, ...filter } }) => listLearnings(deps, project.id, { ...filter, wrong: wrong !== undefined, contradicted: contradicted !== undefined }))

  on(routes.findSimilar, async ({ project, body }) => ({ hypotheses: await createSimilarStore(deps.db).find(project.id, body) }))
}
