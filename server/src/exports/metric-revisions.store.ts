import type { MetricDefinition, MetricRevision } from '../contract/metrics.ts'
import type { Database } from '../platform/postgres.ts'

/** Every definition of a project's metrics, or of one, newest first per metric. */
export async function metricRevisions(db: Database, projectId: string, key: string | undefined): Promise<MetricRevision[]> {
  const rows = await db.metricRevision.findMany({
    where: { metric: { projectId, ...(key === undefined ? {} : { key }) } },
    orderBy: [{ metric: { key: 'asc' } }, { revision: 'desc' }],
    include: { metric: { select: { key: true } } },
  })
  return rows.map(({ metric, metricId: _, name, description, owner, definition, revision, changedAt, changedBy, reason }) => ({
    metric: { key: metric.key, name, description, ...(owner === '' ? {} : { owner }), ...(definition as unknown as MetricDefinition), revision, changedAt: changedAt.toISOString(), changedBy },
    reason,
  }))
}
