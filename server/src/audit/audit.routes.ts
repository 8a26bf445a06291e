import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { createAuditStore } from './audit.store.ts'
import { readPage } from './page.ts'
import { createAuditVerifier } from './verify-audit.service.ts'

export function registerAuditRoutes(on: Registrar, deps: Deps): void {
  const store = createAuditStore(deps.db)
  const verify = createAuditVerifier(deps)

  on(routes.listAudit, async ({ project, query }) => {
    const { limit, ...page } = readPage(query)
    // One more than asked for tells whether there is a next page.
    const found = await store.list(project.id, { ...query, ...page, limit: limit + 1 })
    const entries = found.slice(0, limit)
    return { entries, nextBefore: found.length > limit ? (entries.at(-1)?.seq ?? null) : null }
  })

  on(routes.verifyAudit, async ({ project, query }) => {
    const { readAllAt, ...verdict } = await verify(project.id, { recent: query.recent === 'true' })
    return { ...(verdict.verified ? { ...verdict, brokenAt: null, problem: null } : { ...verdict, head: null }), readAllAt: readAllAt.toISOString() }
  })
}
