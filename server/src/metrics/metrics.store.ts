import type { Metric } from '../contract/metrics.ts'
import type { Database, Tx } from '../platform/postgres.ts'

export type MetricDefinition = Omit<Metric, 'revision' | 'changedAt' | 'changedBy'>
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

    async insert(projectId: string, definition: MetricDefinition, changedBy: string, changedAt: Date): Promise<Metric> {
      return toMetric(await db.metric.create({ data: { projectId, ...definition, changedBy, changedAt } }))
    },

    async update(projectId: string, definition: MetricDefinition, changedBy: string, changedAt: Date): Promise<Metric> {
      const { key, ...fields } = definition
      return toMetric(await db.metric.update({ where: { projectId_key: { projectId, key } }, data: { ...fields, changedBy, changedAt, revision: { increment: 1 } } }))
    },
  }
}

function toMetric(row: Row): Metric {
  return {
    key: row.key,
    name: row.name,
    description: row.description,
    type: row.type as Metric['type'],
    event: row.event,
    direction: row.direction as Metric['direction'],
    unitLabel: row.unitLabel,
    windowHours: row.windowHours,
    revision: row.revision,
    changedAt: row.changedAt.toISOString(),
    changedBy: row.changedBy,
  }
}
