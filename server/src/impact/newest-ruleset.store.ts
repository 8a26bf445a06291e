import type { Ruleset } from '@assay/sdk/core'
import type { Database, Tx } from '../platform/postgres.ts'

/** The newest committed ruleset of an environment, as this transaction sees it. */
export async function newestRuleset(db: Database | Tx, environmentId: string): Promise<Ruleset> {
  const { body } = await db.ruleset.findFirstOrThrow({ where: { environmentId }, orderBy: { version: 'desc' }, select: { body: true } })
  return JSON.parse(body) as Ruleset
}
