import * as z from 'zod/mini'
import { instant, revision, slug, text, title } from './fields.ts'
import { defineRoutes } from './route.ts'

/** `conversion`: did the unit record the event; `mean`: the sum of the event's values per unit, 0 without an event. */
export const metricType = z.enum(['conversion', 'mean'])
export type MetricType = z.infer<typeof metricType>
export const direction = z.enum(['increase', 'decrease'])
export type Direction = z.infer<typeof direction>

const editable = {
  name: title,
  description: text,
  type: metricType,
  /** Name of the event it is computed from. */
  event: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The preferred direction. */
  direction,
  /** What the values count, for reading ("EUR", "s"); empty for conversions. */
  unitLabel: z.string().check(z.maxLength(30)),
  /** Hours after a unit's first exposure in which events count; null counts until the phase ends. */
  windowHours: z.nullable(z.number().check(z.gte(1), z.lte(24 * 365))),
}

export const metric = z.object({ key: slug, ...editable, revision, changedAt: instant, changedBy: z.string() })
export type Metric = z.infer<typeof metric>

export const metricRoutes = defineRoutes({
  listMetrics: { method: 'GET', path: '/api/v1/projects/:project/metrics', summary: 'Metrics of a project', access: 'project.read', response: z.object({ metrics: z.array(metric) }) },
  createMetric: { method: 'POST', path: '/api/v1/projects/:project/metrics', summary: 'Create a metric', access: 'metric.write', body: z.strictObject({ key: slug, ...editable }), response: metric, status: 201 },
  getMetric: { method: 'GET', path: '/api/v1/projects/:project/metrics/:metric', summary: 'A metric', access: 'project.read', response: metric },
  saveMetric: { method: 'PUT', path: '/api/v1/projects/:project/metrics/:metric', summary: 'Change a metric; sealed plans keep the definition they were sealed with', access: 'metric.write', body: z.strictObject({ basedOn: revision, ...editable }), response: metric },
})
