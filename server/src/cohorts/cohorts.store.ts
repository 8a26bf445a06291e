import type { Condition } from '@assay/sdk/core'
import { OPEN_STATUSES } from '../changes/change-record.ts'
import type { Cohort } from '../contract/cohorts.ts'
import type { Targeting } from '../contract/flags.ts'
import { Prisma, type Database, type Tx } from '../platform/postgres.ts'

export type CohortDefinition = Pick<Cohort, 'key' | 'name' | 'description' | 'unit' | 'when' | 'included' | 'excluded'>
/** A cohort without what refers to it. */
export type StoredCohort = Omit<Cohort, 'usedBy'>
type Row = Awaited<ReturnType<Database['cohort']['findMany']>>[number]

export function createCohortsStore(db: Database | Tx) {
  return {
    async list(projectId: string): Promise<StoredCohort[]> {
      return (await db.cohort.findMany({ where: { projectId }, orderBy: [{ name: 'asc' }, { key: 'asc' }] })).map(toCohort)
    },

    async find(projectId: string, key: string): Promise<StoredCohort | null> {
      const row = await db.cohort.findUnique({ where: { projectId_key: { projectId, key } } })
      return row ? toCohort(row) : null
    },

    async insert(projectId: string, definition: CohortDefinition, changedBy: string, changedAt: Date): Promise<StoredCohort> {
      return toCohort(await db.cohort.create({ data: { projectId, ...columns(definition), changedBy, changedAt } }))
    },

    async update(projectId: string, definition: CohortDefinition, changedBy: string, changedAt: Date): Promise<StoredCohort> {
      const { key, ...fields } = columns(definition)
      return toCohort(await db.cohort.update({ where: { projectId_key: { projectId, key } }, data: { ...fields, changedBy, changedAt, revision: { increment: 1 } } }))
    },

    async remove(projectId: string, key: string): Promise<void> {
      await db.cohort.delete({ where: { projectId_key: { projectId, key } } })
    },

    /** Rules of every flag and environment that have a condition. */
    async rulesWithConditions(projectId: string): Promise<{ flag: string; environment: string; when: Condition }[]> {
      const rows = await db.rule.findMany({ where: { flag: { projectId }, condition: { not: Prisma.DbNull } }, select: { condition: true, flag: { select: { key: true } }, environment: { select: { key: true, position: true } } }, orderBy: [{ flag: { key: 'asc' } }, { environment: { position: 'asc' } }] })
      return rows.map((row) => ({ flag: row.flag.key, environment: row.environment.key, when: row.condition as Condition }))
    },

    /** Conditions of the rules that open changes would put in place. */
    async proposedConditions(projectId: string): Promise<{ change: string; environment: string; when: Condition }[]> {
      const rows = await db.change.findMany({ where: { projectId, status: { in: [...OPEN_STATUSES] } }, select: { key: true, proposed: true, environment: { select: { key: true } } }, orderBy: { createdAt: 'asc' } })
      return rows.flatMap((row) => (row.proposed as unknown as Targeting).rules.flatMap(({ when }) => (when ? [{ change: row.key, environment: row.environment.key, when }] : [])))
    },

    async hypothesisCohorts(projectId: string): Promise<{ hypothesis: string; cohort: string }[]> {
      const rows = await db.hypothesis.findMany({ where: { projectId }, select: { key: true, draft: true }, orderBy: { key: 'asc' } })
      return rows.flatMap((row) => {
        const { cohort } = row.draft as { cohort: string | null }
        return cohort === null ? [] : [{ hypothesis: row.key, cohort }]
      })
    },
  }
}

function columns(definition: CohortDefinition) {
  const { when, ...rest } = definition
  return { ...rest, condition: when === null ? Prisma.DbNull : (when as Prisma.InputJsonValue) }
}

function toCohort(row: Row): StoredCohort {
  return {
    key: row.key,
    name: row.name,
    description: row.description,
    unit: row.unit,
    when: row.condition as Condition | null,
    included: row.included as string[],
    excluded: row.excluded as string[],
    revision: row.revision,
    changedAt: row.changedAt.toISOString(),
    changedBy: row.changedBy,
  }
}
