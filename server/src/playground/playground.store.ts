import type { RulesetRevision } from '../contract/playground.ts'
import type { Database } from '../platform/postgres.ts'

/** A ruleset as it was served, with the time it was published. */
export interface PastRuleset {
  version: number
  epoch: string
  body: string
  createdAt: Date
}

const columns = { version: true, epoch: true, body: true, createdAt: true } as const

/** Every ruleset that was ever served stays readable. */
export function createPlaygroundStore(db: Database) {
  return {
    async version(environmentId: string, version: number): Promise<PastRuleset | null> {
      return db.ruleset.findUnique({ where: { environmentId_version: { environmentId, version } }, select: columns })
    },

    /** What was served at a time; null before the first. */
    async at(environmentId: string, at: Date): Promise<PastRuleset | null> {
      return db.ruleset.findFirst({ where: { environmentId, createdAt: { lte: at } }, orderBy: { version: 'desc' }, select: columns })
    },

    async first(environmentId: string): Promise<Date | null> {
      const row = await db.ruleset.findFirst({ where: { environmentId }, orderBy: { version: 'asc' }, select: { createdAt: true } })
      return row?.createdAt ?? null
    },

    /** Newest first. */
    async list(environmentId: string, before: number | undefined, limit: number): Promise<RulesetRevision[]> {
      const rows = await db.ruleset.findMany({ where: { environmentId, ...(before === undefined ? {} : { version: { lt: before } }) }, orderBy: { version: 'desc' }, take: limit, select: { version: true, createdAt: true } })
      return rows.map(({ version, createdAt }) => ({ version, createdAt: createdAt.toISOString() }))
    },
  }
}
