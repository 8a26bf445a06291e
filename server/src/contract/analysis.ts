import * as z from 'zod/mini'
import { instant, slug } from './fields.ts'
import { direction, metricType } from './metrics.ts'

const nullableNumber = z.nullable(z.number())

/** Sufficient statistics of one metric in one arm. `variance` is the sample variance of the unit values. */
export const armResult = z.object({ arm: z.string(), n: z.int(), mean: nullableNumber, variance: nullableNumber })
export type ArmResult = z.infer<typeof armResult>

/** How the interval that decided was computed, where it is not the Welch interval shown. */
export const decidedBy = z.object({ method: z.string(), p: nullableNumber, ciLower: nullableNumber, ciUpper: nullableNumber, liftLower: z.exactOptional(nullableNumber), liftUpper: z.exactOptional(nullableNumber) })

/** One arm against control: Welch's test on the absolute difference, Fieller's interval on the relative lift. 95 %, unadjusted. */
export const comparison = z.object({
  arm: z.string(),
  /** `ok`, or why there is no answer. */
  status: z.string(),
  flags: z.array(z.string()),
  diff: nullableNumber,
  se: nullableNumber,
  t: nullableNumber,
  df: nullableNumber,
  p: nullableNumber,
  ciLower: nullableNumber,
  ciUpper: nullableNumber,
  lift: nullableNumber,
  liftLower: nullableNumber,
  liftUpper: nullableNumber,
  /** Probability that the arm is better than control in the metric's preferred direction, flat prior. Shown, never decides. */
  chanceBetter: nullableNumber,
  decidedBy: z.exactOptional(decidedBy),
})
export type ComparisonResult = z.infer<typeof comparison>

export const metricRole = z.enum(['primary', 'guardrail', 'secondary'])
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
  /** What the sealed rule reads in this metric, per treatment arm. */
  readings: z.array(z.object({ arm: z.string(), reading: z.enum(['better', 'worse', 'unclear', 'holds', 'worse_within_limit', 'no_answer']) })),
})
export type MetricResult = z.infer<typeof metricResult>

export const verdictKind = z.enum(['confirmed', 'rejected', 'inconclusive', 'harmful', 'invalid'])
export type VerdictKind = z.infer<typeof verdictKind>
export const verdictReason = z.object({ code: z.string(), arm: z.exactOptional(z.string()), metric: z.exactOptional(z.string()) })

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
  verdict,
})
export type Analysis = z.infer<typeof analysis>
