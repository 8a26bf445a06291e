import * as z from 'zod/mini'
import { slug } from '../contract/fields.ts'
import { direction } from '../contract/metrics.ts'
import { mode } from '../contract/experiments.ts'

const column = z.string().check(z.minLength(1))
const margin = z.number().check(z.gte(0), z.lte(1))

/** `replay.json`: how the rows of a recorded experiment become exposures and events. */
export const replaySpec = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  /** CSV file beside it; `.gz` is unpacked. */
  file: z.string(),
  /** Column of the unit, or `$row` for the row number. */
  unit: column,
  arm: column,
  control: z.string(),
  /** Planned ratio of the arms. */
  weights: z.record(z.string(), z.number().check(z.gt(0))),
  /** Column of the exposure's time; without it every exposure is at one fixed instant. */
  at: z.exactOptional(column),
  /** OR of ANDs; rows that match none are dropped. */
  keep: z.exactOptional(z.array(z.array(z.strictObject({ column, is: z.string() })))),
  /** Rows after a unit's first are dropped. */
  firstPerUnit: z.exactOptional(z.boolean()),
  hypothesis: z.strictObject({
    change: z.string(),
    cohort: z.string(),
    because: z.string(),
    primary: slug,
    direction,
    minimumEffect: z.number().check(z.gt(0)),
    guardrails: z.array(z.strictObject({ metric: slug, margin, direction: z.exactOptional(direction) })),
    mode,
  }),
  metrics: z.array(z.strictObject({ key: slug, type: z.enum(['conversion', 'mean']), column })).check(z.minLength(1)),
})
export type ReplaySpec = z.infer<typeof replaySpec>

/** Parses `replay.json`; the error names every field that is wrong. */
export function parseReplaySpec(text: string): ReplaySpec {
  const parsed = replaySpec.safeParse(JSON.parse(text))
  if (!parsed.success) throw new Error(`replay.json is not usable: ${parsed.error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`).join('; ')}`)
  const spec = parsed.data
  const known = new Set(spec.metrics.map((metric) => metric.key))
  const asked = [spec.hypothesis.primary, ...spec.hypothesis.guardrails.map((guardrail) => guardrail.metric)]
  const unknown = asked.filter((key) => !known.has(key))
  if (unknown.length > 0) throw new Error(`replay.json is not usable: the hypothesis names ${unknown.join(', ')}, which is not among its metrics.`)
  if (!(spec.control in spec.weights)) throw new Error(`replay.json is not usable: control ${spec.control} has no weight.`)
  return spec
}
