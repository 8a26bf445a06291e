import type { Metric, MetricDefinition, MetricRevision } from '../contract/metrics.ts'
import type { Database, Tx } from '../platform/postgres.ts'

/** A metric as a person writes it. */
export type MetricDraft = Omit<Metric, 'revision' | 'changedAt' | 'changedBy'>
type Row = Awaited<ReturnType<Database['metric']['findMany']>>[number]

export function createMetricsStore(db: Database | Tx) {
  return {
    async list(projectId: string): Promise<Metric[]> {
      return (await db.metric.findMany({ where: { projectId }, orderBy: { name: 'asc' } })).map(toMetric)
    },

    async find(projectId: string, key: string): Promise<Metric | null> {
      const row = await db.metric.findUnique({ where: { projectId_key: { projectId, key } } })
      return row ? toMetric(row) : null
    },

    /** As it stood at every revision, newest first; null where there is no such metric. */
    async revisions(projectId: string, key: string): Promise<MetricRevision[] | null> {
      const found = await db.metric.findUnique({ where: { projectId_key: { projectId, key } }, select: { revisions: { orderBy: { revision: 'desc' } } } })
      return found && found.revisions.map(({ reason, ...row }) => ({ metric: toMetric({ key, ...row }), reason }))
    },

    async insert(projectId: string, draft: MetricDraft, changedBy: string, changedAt: Date): Promise<Metric> {
      const row = await db.metric.create({ data: { projectId, key: draft.key, ...columnsOf(draft), changedBy, changedAt } })
      await remember(db, row, null)
      return toMetric(row)
    },

    async update(projectId: string, draft: MetricDraft, changedBy: string, changedAt: Date, reason: string | null): Promise<Metric> {
      const row = await db.metric.update({ where: { projectId_key: { projectId, key: draft.key } }, data: { ...columnsOf(draft), changedBy, changedAt, revision: { increment: 1 } } })
      await remember(db, row, reason)
      return toMetric(row)
    },
  }
}

/** Every definition that was ever saved stays: a sealed plan names one by its revision. */
async function remember(db: Database | Tx, { id, revision, name, description, owner, definition, changedAt, changedBy }: Row, reason: string | null): Promise<void> {
  await db.metricRevision.create({ data: { metricId: id, revision, name, description, owner, definition: definition as object, changedAt, changedBy, reason } })
}

function columnsOf({ key: _, name, description, owner, ...definition }: MetricDraft) {
  return { name, description, owner: owner ?? '', definition }
}

function toMetric(row: Omit<Row, 'id' | 'projectId'>): Metric {
  const { key, name, description, owner, revision, changedBy } = row
  return { key, name, description, ...(owner === '' ? {} : { owner }), ...(row.definition as MetricDefinition), revision, changedAt: row.changedAt.toISOString(), changedBy }
}
