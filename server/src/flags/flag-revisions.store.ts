import * as z from 'zod/mini'
import { flagKind, flagVariant, targeting, type Targeting } from '../contract/flags.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import type { DefinitionChange } from './flags.store.ts'

/** What an entry holds that `updateFlag` can write. Entries of older servers know neither tags nor a day of removal. */
const definition = z.object({
  name: z.string(),
  description: z.string(),
  clientVisible: z.boolean(),
  kind: flagKind,
  owner: z.nullable(z.string()),
  variants: z.array(flagVariant),
  tags: z.exactOptional(z.array(z.string())),
  expectedRemoval: z.exactOptional(z.nullable(z.string())),
})

/** A change of what a flag does in one environment; `before` is null where that is not recorded. */
export interface TargetingEntry {
  revision: number
  before: Targeting | null
  after: Targeting
}

/** Earlier revisions of a flag, as the audit log holds them. */
export function createFlagRevisionsStore(db: Database | Tx) {
  return {
    /** Changes in one environment, oldest first. */
    async targetings(projectId: string, flag: string, environment: string): Promise<TargetingEntry[]> {
      const rows = await db.auditEntry.findMany({ where: { projectId, entityKind: 'flag', entityKey: flag, environment, revision: { not: null } }, select: { revision: true, before: true, after: true }, orderBy: { seq: 'asc' } })
      return rows.flatMap(({ revision, before, after }) => {
        const parsed = targeting.safeParse(after)
        if (revision === null || !parsed.success) return []
        return [{ revision, before: targeting.safeParse(before).data ?? null, after: parsed.data }]
      })
    },

    /** Everything that the flag did in one environment. */
    async past(projectId: string, flag: string, environment: string): Promise<Targeting[]> {
      return (await this.targetings(projectId, flag, environment)).flatMap(({ before, after }) => (before ? [before, after] : [after]))
    },

    /** The definition that a revision wrote; null for a revision that wrote none. */
    async definition(projectId: string, flag: string, revision: number): Promise<DefinitionChange | null> {
      const rows = await db.auditEntry.findMany({ where: { projectId, entityKind: 'flag', entityKey: flag, environment: null, revision }, select: { after: true }, orderBy: { seq: 'desc' } })
      return rows.map(({ after }) => definition.safeParse(after).data ?? null).find((found) => found !== null) ?? null
    },
  }
}
