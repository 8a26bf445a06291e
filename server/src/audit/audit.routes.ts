import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { createAuditStore, verifyAudit } from './audit.store.ts'
import { readPage } from './page.ts'

export function registerAuditRoutes(on: Registrar, deps: Deps): void {
  const store = createAuditStore(deps.db)

  on(routes.listAudit, async ({ project, query }) => {
    const { limit, ...page } = readPage(query)
    // One more than asked for tells whether there is a next page.
    const found = await store.list(project.id, { ...query, ...page, limit: limit + 1 })
    const entries = found.slice(0, limit)
    return { entries, nextBefore: found.length > limit ? (entries.at(-1)?.seq ?? null) : null }
  })

  on(routes.verifyAudit, async ({ project }) => {
    const verdict = await verifyAudit(deps.db, project.id)
    return verdict.verified ? { ...verdict, brokenAt: null, problem: null } : { ...verdict, head: null }
  })
}
