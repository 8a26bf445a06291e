import { readPage } from '../audit/page.ts'
import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import type { Registrar } from '../http/register.ts'
import { evaluateInPlayground } from './playground.service.ts'
import { createPlaygroundStore } from './playground.store.ts'

export function registerPlaygroundRoutes(on: Registrar, deps: Deps): void {
  const store = createPlaygroundStore(deps.db)

  on(routes.evaluateInPlayground, ({ project, params, body }) => evaluateInPlayground(deps, project.id, params.environment, body))

  on(routes.listRulesets, async ({ project, params, query }) => {
    const { before, limit } = readPage(query)
    const { id } = await createEnvironmentsStore(deps.db).get(project.id, params.environment)
    // One more than asked for tells whether there is a next page.
    const found = await store.list(id, before, limit + 1)
    const rulesets = found.slice(0, limit)
    return { rulesets, nextBefore: found.length > limit ? (rulesets.at(-1)?.version ?? null) : null }
  })
}
