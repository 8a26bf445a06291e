import * as z from 'zod/mini'
import { instant, slug } from './fields.ts'
import { direction, metricRole, metricType } from './metrics.ts'

const nullableNumber = z.nullable(z.number())

/**
 * Sufficient statistics of one metric in one arm: the estimate (`mean`: also a share, a ratio or a quantile), and `variance`, the spread of one unit's
 * contribution to it: the estimate's variance times `n`.
 */
export const armResult = z.object({
  arm: z.string(),
  n: z.int(),
  mean: nullableNumber,
  variance: nullableNumber,
  /** Units with an event that counts. */
  withEvent: z.exactOptional(z.int()),
  /** Units whose value was capped, and the estimate without the cap. */
  capped: z.exactOptional(z.int()),
  uncapped: z.exactOptional(z.object({ mean: nullableNumber, variance: nullableNumber })),
  /** The arm's total, of a `sum`; both totals of a `ratio`. */
  total: z.exactOptional(nullableNumber),
  denominatorTotal: z.exactOptional(nullableNumber),
})
export type ArmResult = z.infer<typeof armResult>

/** How the interval that decided was computed, where it is not the Welch interval shown. */
export const decidedBy = z.object({ method: z.string(), p: nullableNumber, ciLower: nullableNumber, ciUpper: nullableNumber, liftLower: z.exactOptional(nullableNumber), liftUpper: z.exactOptional(nullableNumber) })

/** A difference and a relative lift with their 95 % intervals: Welch's and Fieller's, unadjusted for other comparisons. */
const effectNumbers = {
  diff: nullableNumber,
  se: nullableNumber,
  p: nullableNumber,
  ciLower: nullableNumber,
  ciUpper: nullableNumber,
  lift: nullableNumber,
  liftLower: nullableNumber,
  liftUpper: nullableNumber,
} as const
export const effectOfPair = z.object(effectNumbers)
export type EffectOfPair = z.infer<typeof effectOfPair>

/** One arm against control: Welch's test on the absolute difference, Fieller's interval on the relative lift. 95 %, unadjusted. */
export const comparison = z.object({
  arm: z.string(),
  /** `ok`, or why there is no answer. */
  status: z.string(),
  flags: z.array(z.string()),
  ...effectNumbers,
  t: nullableNumber,
  df: nullableNumber,
  /** Standard error of the lift by the delta method: what experiments are compared by. */
  liftSe: z.exactOptional(nullableNumber),
  /** Probability that the arm is better than control in the metric's preferred direction, flat prior. Shown, never decides. */
  chanceBetter: nullableNumber,
  decidedBy: z.exactOptional(decidedBy),
  /** Where pre-exposure values adjusted the numbers above: how, by how much the variance fell, and what they would be without. */
  adjustment: z.exactOptional(z.object({ method: z.literal('cuped'), theta: z.array(z.number()), varianceReduction: z.number(), raw: effectOfPair })),
  /** Where values were capped: what the numbers would be without the cap, and without any adjustment. */
  uncapped: z.exactOptional(effectOfPair),
  /** p after correction for the other comparisons of its family (Holm over arms, Benjamini-Hochberg over secondary metrics). */
  adjustedP: z.exactOptional(nullableNumber),
  /** The lift drawn towards what experiments on this metric usually find; absent while too few have finished. */
  shrunk: z.exactOptional(z.object({ lift: nullableNumber, lower: nullableNumber, upper: nullableNumber, from: z.int() })),
  /** Average loss if the arm is shipped, on the lift scale. Shown, never decides. */
  expectedLoss: z.exactOptional(nullableNumber),
})
export type ComparisonResult = z.infer<typeof comparison>

export const metricResult = z.object({
  key: slug,
  name: z.string(),
  role: metricRole,
  type: metricType,
  direction,
  unitLabel: z.string(),
  margin: nullableNumber,
  arms: z.array(armResult),
  comparisons: z.array(comparison),
  /** `funnel`: how many took each step, of all and of those who took the one before. */
  steps: z.exactOptional(z.array(z.object({ event: z.string(), arms: z.array(z.object({ arm: z.string(), units: z.int(), share: nullableNumber, ofPrevious: nullableNumber })) }))),
  /** What the sealed rule reads in this metric, per treatment arm. */
  readings: z.array(z.object({ arm: z.string(), reading: z.enum(['better', 'worse', 'unclear', 'holds', 'worse_within_limit', 'no_answer']) })),
})
export type MetricResult = z.infer<typeof metricResult>

export const verdictKind = z.enum(['confirmed', 'rejected', 'inconclusive', 'harmful', 'invalid'])
export type VerdictKind = z.infer<typeof verdictKind>
export const verdictReason = z.object({
  code: z.string(),
  arm: z.exactOptional(z.string()),
  metric: z.exactOptional(z.string()),
  /** `underpowered`: further people that the minimum effect would need, over all arms. */
  units: z.exactOptional(z.int()),
})

/** What the sealed rule says. */
export const verdict = z.object({
  kind: verdictKind,
  /** A stopping rule has fired: the experiment may be decided. */
  final: z.boolean(),
  reasons: z.array(verdictReason),
  /** Findings that do not block, such as `srm_warning`. */
  warnings: z.array(verdictReason),
  /** The verdict in words. */
  sentence: z.string(),
  arms: z.array(z.object({ arm: z.string(), kind: verdictKind, final: z.boolean(), reasons: z.array(verdictReason) })),
  /** The sealed rule as ticks: what it asks, whether it holds, and the evidence. */
  checks: z.array(z.object({ label: z.string(), holds: z.nullable(z.boolean()), evidence: z.string() })),
})
export type Verdict = z.infer<typeof verdict>

export const srm = z.object({ chi2: nullableNumber, df: z.int(), p: nullableNumber, sequentialP: nullableNumber, expected: z.array(z.object({ arm: z.string(), share: z.number() })) })

/** Estimates and health of one experiment phase at one time. Every number on the experiment page is in here. */
export const analysis = z.object({
  experiment: z.string(),
  phase: z.int(),
  at: instant,
  engineVersion: z.string(),
  planHash: z.string(),
  mode: z.enum(['fixed', 'always_valid', 'group_sequential']),
  informationFraction: nullableNumber,
  days: z.number(),
  firstExposureAt: z.nullable(instant),
  lastExposureAt: z.nullable(instant),
  control: z.string(),
  arms: z.array(z.object({ arm: z.string(), n: z.int(), weight: z.number() })),
  crossedUnits: z.int(),
  srm,
  metrics: z.array(metricResult),
  /** The primary metric's relative lift as it stood at the end of each day (UTC), per treatment arm, with an interval that is safe to check daily. */
  daily: z.array(z.object({ day: z.string(), arm: z.string(), n: z.int(), lift: nullableNumber, lower: nullableNumber, upper: nullableNumber })),
  /** Units that met an arm for the first time on each day (UTC) on which any did; those who met two are in none. Absent in analyses from before it was kept. */
  arrivals: z.exactOptional(z.array(z.object({ day: z.string(), arms: z.array(z.object({ arm: z.string(), n: z.int() })) }))),
  /** Units that the plan's bot condition dropped, per arm, and the p of their balance. */
  bots: z.exactOptional(z.object({ arms: z.array(z.object({ arm: z.string(), n: z.int() })), p: nullableNumber })),
  /** What is odd and worth a look before anybody believes the numbers: never blocks, always listed. */
  findings: z.exactOptional(z.array(z.object({ code: z.string(), metric: z.exactOptional(z.string()), arm: z.exactOptional(z.string()), evidence: z.string() }))),
  /** What the data can still see: smallest effect at the planned power with what is there, and people still needed for the minimum effect. From the spread, never from the effect. */
  power: z.exactOptional(z.array(z.object({ arm: z.string(), detectable: nullableNumber, unitsNeeded: nullableNumber }))),
  verdict,
})
export type Analysis = z.infer<typeof analysis>
