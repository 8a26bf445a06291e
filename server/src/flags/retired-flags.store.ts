import type { Prerequisite } from '@assay/sdk/core'
import type { Database, Tx } from '../platform/postgres.ts'
import type { Stamp } from './flags.store.ts'

/** Flags at the end of their life: archived, then deleted with a key that stays taken. */
export function createRetiredFlagsStore(db: Database | Tx) {
  return {
    /** Null brings the flag back. One more revision of the definition. */
    async setArchived(flagId: string, archivedAt: Date | null, { by, at }: Stamp): Promise<void> {
      const { revision } = await db.flag.update({ where: { id: flagId }, data: { revision: { increment: 1 }, archivedAt, changedAt: at, changedBy: by }, select: { revision: true } })
      await db.flag.update({ where: { id: flagId }, data: { definedAt: revision } })
    },

    /** Flags that need this one, by environment. */
    async neededBy(projectId: string, key: string): Promise<{ flag: string; environment: string; archived: boolean }[]> {
      const rows = await db.flagEnvironment.findMany({
        where: { flag: { projectId }, prerequisites: { not: [] } },
        select: { prerequisites: true, flag: { select: { key: true, archivedAt: true } }, environment: { select: { key: true } } },
        orderBy: [{ flag: { key: 'asc' } }, { environment: { position: 'asc' } }],
      })
      const needs = (prerequisites: unknown) => (prerequisites as Prerequisite[]).some((prerequisite) => prerequisite.flag === key)
      return rows.filter((row) => needs(row.prerequisites)).map(({ flag, environment }) => ({ flag: flag.key, environment: environment.key, archived: flag.archivedAt !== null }))
    },

    /** Which of these flags are archived. */
    async archivedAmong(projectId: string, keys: readonly string[]): Promise<string[]> {
      const rows = await db.flag.findMany({ where: { projectId, key: { in: [...keys] }, archivedAt: { not: null } }, select: { key: true }, orderBy: { key: 'asc' } })
      return rows.map((row) => row.key)
    },

    /** Experiments of the flag that have started: what they taught hangs on it. */
    async startedExperiments(flagId: string): Promise<string[]> {
      const rows = await db.experiment.findMany({ where: { flagId, startedAt: { not: null } }, select: { key: true }, orderBy: { createdAt: 'asc' } })
      return rows.map((row) => row.key)
    },

    async remove(projectId: string, { id, key }: { id: string; key: string }, { by, at }: Stamp): Promise<void> {
      await db.flag.delete({ where: { id } })
      await db.retiredFlagKey.create({ data: { projectId, key, retiredAt: at, retiredBy: by } })
    },

    async findRetired(projectId: string, key: string): Promise<{ at: Date; by: string } | null> {
      const row = await db.retiredFlagKey.findUnique({ where: { projectId_key: { projectId, key } } })
      return row && { at: row.retiredAt, by: row.retiredBy }
    },
  }
}
