import * as z from 'zod/mini'
import { instant, reason, revision, share, slug, text, title } from './fields.ts'
import { defineRoutes } from './route.ts'

/**
 * What a metric makes of a unit's events. docs/metrics.md says each in full.
 * `conversion`: whether the unit recorded the event. `count`: how often. `sum` and `mean`: the values added up, 0 without an event (`sum` is also shown
 * as the arm's total). `ratio`: one total over another. `quantile`: of the units' values, or of all events. `retention`: whether the unit
 * came back in a window. `funnel`: whether it took all steps in order.
 */
export const metricType = z.enum(['conversion', 'count', 'sum', 'mean', 'ratio', 'quantile', 'retention', 'funnel'])
export type MetricType = z.infer<typeof metricType>
/** What a metric does in an experiment: it decides, vetoes or explains. */
export const metricRole = z.enum(['primary', 'guardrail', 'secondary'])
export const direction = z.enum(['increase', 'decrease'])
export type Direction = z.infer<typeof direction>

const eventName = z.string().check(z.minLength(1, 'Name the event.'), z.maxLength(200, 'Keep it under 200 characters.'))
/** Name of a top-level property of an event, or of an attribute of an exposure. */
const propertyName = z.string().check(z.minLength(1, 'Name the property.'), z.maxLength(200, 'Keep it under 200 characters.'))

/** Only what has the property, and one that passes, counts. `exists` takes no value, `in` one or more, every other one value. */
export const propertyFilter = z.strictObject({
  property: propertyName,
  op: z.enum(['equals', 'not_equals', 'in', 'gt', 'gte', 'lt', 'lte', 'exists']),
  values: z.array(z.union([z.string().check(z.maxLength(500)), z.number(), z.boolean()])).check(z.maxLength(100, 'Use at most 100 values.')),
})
export type PropertyFilter = z.infer<typeof propertyFilter>

const filters = z.array(propertyFilter).check(z.maxLength(20, 'Use at most 20 conditions.'))
const hours = z.number().check(z.gte(0), z.lte(24 * 365))

/** Events that a metric counts beside its first. */
export const eventSource = z.strictObject({ event: eventName, /** All must pass. */ filter: z.exactOptional(filters) })
export type EventSource = z.infer<typeof eventSource>

/** How events become numbers. Members that a type does not use are absent. */
const definition = {
  type: metricType,
  /** Name of the event it is computed from: of the numerator of a ratio, the first step of a funnel. */
  event: eventName,
  /** All must pass for an event to count. */
  filter: z.exactOptional(filters),
  /** The numeric property that counts; without it the event's own value does. */
  property: z.exactOptional(propertyName),
  /** `ratio`: what is summed above the line; `sum` unless told. */
  aggregate: z.exactOptional(z.enum(['count', 'sum'])),
  /** `ratio`: what is below the line. */
  denominator: z.exactOptional(z.strictObject({ event: eventName, filter: z.exactOptional(filters), property: z.exactOptional(propertyName), aggregate: z.enum(['count', 'sum']) })),
  /** `quantile`: which, between 0 and 1, of the units' summed values (without an event: 0) or of the events' own. */
  quantile: z.exactOptional(z.strictObject({ q: share, of: z.enum(['units', 'events']) })),
  /** `retention`: came back from `fromHours` (included) to `toHours` (excluded) after the first exposure. Units whose window is open do not count yet. */
  retention: z.exactOptional(z.strictObject({ fromHours: hours, toHours: hours })),
  /** `funnel`: the steps after the first, each at or after the one before it. */
  steps: z.exactOptional(z.array(eventSource).check(z.minLength(1, 'A funnel needs a second step.'), z.maxLength(9, 'Use at most ten steps.'))),
  /** Values beyond it count as it: a percentile of the non-zero values of all arms, or a fixed value. For counts, sums, means and both sides of ratios. */
  cap: z.exactOptional(z.union([z.strictObject({ percentile: share }), z.strictObject({ value: z.number().check(z.gt(0)) })])),
  /** The preferred direction. */
  direction,
  /** What the values count, for reading ("EUR", "s"); empty for shares. */
  unitLabel: z.string().check(z.maxLength(30)),
  /** Hours after a unit's first exposure in which events count; null counts until the phase ends. */
  windowHours: z.nullable(z.number().check(z.gte(1), z.lte(24 * 365))),
} as const
export const metricDefinition = z.strictObject(definition)
export type MetricDefinition = z.infer<typeof metricDefinition>

const editable = {
  name: title,
  description: text,
  /** Who answers for it; empty where nobody is named. */
  owner: z.exactOptional(z.string().check(z.maxLength(200))),
  ...definition,
}

export const metric = z.object({ key: slug, ...editable, revision, changedAt: instant, changedBy: z.string() })
export type Metric = z.infer<typeof metric>

/** A metric as it stood from a time on. Sealed plans keep the revision they were sealed with. */
export const metricRevision = z.object({ metric, reason: z.nullable(z.string()) })
export type MetricRevision = z.infer<typeof metricRevision>

/** A sealed plan that names a metric: whatever the metric has become since, it measures the revision it was sealed with. */
export const metricPlan = z.object({ experiment: z.string(), title: z.string(), status: z.string(), phase: z.int(), role: metricRole, revision })
export type MetricPlan = z.infer<typeof metricPlan>

/**
 * What a definition measures on the events of the last days, as if everybody had been exposed when they were first seen in them: with any event, or exposed to
 * any experiment. People whose window is still open do not count yet.
 */
export const metricPreview = z.object({
  environment: slug,
  unitType: slug,
  from: instant,
  to: instant,
  /** 1 looks at everybody; where very much is stored, at one unit in so many. */
  oneIn: z.int(),
  /** Events that pass (of a ratio above the line, of a funnel's first step), of units of this type, and how many units recorded them. */
  events: z.int(),
  unitsWithEvent: z.int(),
  /** Units seen in that time, and those of them who count: their window is over. */
  units: z.int(),
  counted: z.int(),
  /** The value beyond which values count as it; null without a cap, or where there is nothing to cap. Of a ratio, above the line. */
  cap: z.nullable(z.number()),
  /** The estimate and the spread of one unit's contribution; null where there is no answer, with its reason. */
  level: z.nullable(z.number()),
  sd: z.nullable(z.number()),
  status: z.string(),
  perDay: z.array(z.object({ day: z.string(), events: z.int(), units: z.int() })),
  /** Smallest relative change that two equal arms of so many units in all see with 80 % power at 5 %, looking once. */
  detectable: z.array(z.object({ units: z.int(), effect: z.nullable(z.number()) })),
  /** Newest events that pass. */
  sample: z.array(z.object({ at: instant, unit: z.string(), value: z.nullable(z.number()), properties: z.string() })),
})
export type MetricPreview = z.infer<typeof metricPreview>

/** An event name as services recorded it lately. */
export const seenEvent = z.object({ name: z.string(), events: z.int(), lastAt: instant, withValue: z.int(), properties: z.array(z.object({ name: z.string(), type: z.enum(['string', 'number', 'boolean', 'other']) })) })
export type SeenEvent = z.infer<typeof seenEvent>

const base = '/api/v1/projects/:project/metrics'
export const metricRoutes = defineRoutes({
  listMetrics: { method: 'GET', path: base, summary: 'Metrics of a project', access: 'project.read', response: z.object({ metrics: z.array(metric) }) },
  createMetric: { method: 'POST', path: base, summary: 'Create a metric', access: 'metric.write', body: z.strictObject({ key: slug, ...editable }), response: metric, status: 201 },
  getMetric: { method: 'GET', path: `${base}/:metric`, summary: 'A metric', access: 'project.read', response: metric },
  saveMetric: { method: 'PUT', path: `${base}/:metric`, summary: 'Change a metric; sealed plans keep the definition they were sealed with', access: 'metric.write', body: z.strictObject({ basedOn: revision, ...editable, reason: z.exactOptional(reason) }), response: metric },
})

/** Registered with their handlers. */
export const metricInsightRoutes = defineRoutes({
  listMetricRevisions: { method: 'GET', path: `${base}/:metric/revisions`, summary: 'Every definition a metric has had, newest first', access: 'project.read', response: z.object({ revisions: z.array(metricRevision) }) },
  listMetricPlans: { method: 'GET', path: `${base}/:metric/plans`, summary: 'Sealed plans that name a metric, newest first, with the revision each holds', access: 'project.read', response: z.object({ plans: z.array(metricPlan) }) },
  previewMetric: { method: 'POST', path: '/api/v1/projects/:project/metric-preview', summary: 'What a definition measures on the events that are there', access: 'project.read', body: z.strictObject({ environment: slug, unitType: slug, days: z.int().check(z.gte(1), z.lte(90)), definition: metricDefinition }), response: metricPreview },
  listEvents: { method: 'GET', path: '/api/v1/projects/:project/environments/:environment/events', summary: 'Event names that services recorded in the last 30 days', access: 'project.read', response: z.object({ events: z.array(seenEvent) }) },
})
