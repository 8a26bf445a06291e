import { randomUUID } from 'node:crypto'
import type { ExperimentDetail, ExperimentSetup } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import type { Metric, MetricDefinition } from '../contract/metrics.ts'
import { routes } from '../contract/routes.ts'
import type { IngestItem, IngestResult } from '../contract/sdk-wire.ts'
import { completeDraft, completeSetup } from './drafts.ts'
import type { TestServer } from './test-server.ts'

type MetricDraft = Pick<Metric, 'key'> & Partial<MetricDefinition>

type JsonAttributes = NonNullable<Extract<IngestItem, { kind: 'exposure' }>['attributes']>

export interface TrackedEvent {
  name: string
  unit: string
  value?: number
  hours?: number
  properties?: JsonAttributes
}

export interface RecordedExperiment {
  key: string
  /** Records first exposures, `hours` after the origin. */
  expose(variant: string, units: readonly string[], hours?: number, attributes?: JsonAttributes): Promise<void>
  /** Records an event of a user. */
  track(name: string, unit: string, value?: number, hours?: number): Promise<void>
  /** Records events of users: many at once, with properties. */
  trackAll(events: readonly TrackedEvent[]): Promise<void>
  send(items: readonly IngestItem[]): Promise<IngestResult>
  analyse(): Promise<ExperimentDetail>
  at(hours: number): string
}

export interface Recording {
  /** The first is the primary metric. */
  metrics: readonly MetricDraft[]
  draft?: Partial<HypothesisDraft>
  setup?: Partial<ExperimentSetup>
  /** Hour 0. */
  origin: Date
}

let recorded = 0

/** Starts an experiment with an outside assignment, whose exposures and events a test sends as history. */
export async function recordExperiment(server: TestServer, { metrics, draft, setup, origin }: Recording): Promise<RecordedExperiment> {
  recorded += 1
  const params = { project: server.project }
  const flag = `recorded-${recorded}`
  const named = (key: string) => `${key}-${recorded}`
  for (const { key, type = 'conversion', event = key, direction = 'increase', windowHours = null, unitLabel = '', denominator, steps, ...rest } of metrics) {
    const further = {
      ...(denominator ? { denominator: { ...denominator, event: named(denominator.event) } } : {}),
      ...(steps ? { steps: steps.map((step) => ({ ...step, event: named(step.event) })) } : {}),
    }
    await succeeds(server.admin(routes.createMetric, { params, body: { key: named(key), name: key, description: '', type, event: named(event), direction, unitLabel, windowHours, ...rest, ...further } }))
  }
  const arms = setup?.arms ?? completeSetup().arms
  await succeeds(server.admin(routes.createFlag, { params, body: { key: flag, name: flag, kind: 'experiment', type: 'string', variants: arms.map(({ variant }) => ({ key: variant, value: variant })) } }))
  const guardrails = (draft?.guardrails ?? []).map(({ metric, margin }) => ({ metric: named(metric), margin }))
  const secondary = metrics.slice(1).map((metric) => named(metric.key)).filter((key) => !guardrails.some((guardrail) => guardrail.metric === key))
  const hypothesis = await succeeds(server.admin(routes.createHypothesis, {
    params,
    body: { ...completeDraft(), maxExposure: 1, ...draft, primaryMetric: named(metrics[0]?.key ?? ''), guardrails, secondaryMetrics: secondary },
  }))
  const created = await succeeds(server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.key, setup: { ...completeSetup(), assignment: 'external', ...setup, flag } } }))
  const { key } = await succeeds(server.admin(routes.startExperiment, { params: { ...params, experiment: created.key }, body: { basedOn: created.revision, sealing: created.sealing, reason: 'A test needs it.' } }))
  const secret = await server.key()
  const at = (hours: number) => new Date(origin.getTime() + hours * 3_600_000).toISOString()

  async function send(items: readonly IngestItem[]): Promise<IngestResult> {
    const response = await fetch(new URL('/sdk/v1/events', server.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sentAt: new Date().toISOString(), backfill: true, items }),
    })
    if (response.status !== 202) throw new Error(`The events were answered with ${response.status}: ${await response.text()}`)
    return (await response.json()) as IngestResult
  }
  async function sendAll(items: readonly IngestItem[]): Promise<void> {
    for (let from = 0; from < items.length; from += 1000) {
      const { rejected } = await send(items.slice(from, from + 1000))
      if (rejected.length > 0) throw new Error(`Items were rejected: ${JSON.stringify(rejected.slice(0, 3))}`)
    }
  }

  function trackAll(events: readonly TrackedEvent[]): Promise<void> {
    return sendAll(events.map(({ name, unit, hours = 1, value, properties }) => ({ kind: 'event', id: randomUUID(), at: at(hours), name: named(name), units: { user: unit }, ...(value === undefined ? {} : { value }), ...(properties ? { properties } : {}) })))
  }

  return {
    key,
    at,
    send,
    expose: (variant, units, hours = 0, attributes = {}) => sendAll(units.map((unit) => ({ kind: 'exposure', id: randomUUID(), at: at(hours), experiment: key, phase: 1, unitType: 'user', unit, variant, attributes }))),
    track: (name, unit, value, hours = 1) => trackAll([{ name, unit, hours, ...(value === undefined ? {} : { value }) }]),
    trackAll,
    analyse: () => succeeds(server.admin(routes.analyseExperiment, { params: { ...params, experiment: key } })),
  }
}

async function succeeds<T>(answer: Promise<{ status: number; body: T; error: unknown }>): Promise<T> {
  const { status, body, error } = await answer
  if (status >= 300) throw new Error(`The server answered ${status}: ${JSON.stringify(error)}`)
  return body
}
