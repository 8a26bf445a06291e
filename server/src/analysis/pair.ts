import type { ArmResult, ComparisonResult, EffectOfPair } from '../contract/analysis.ts'
import type { PlanMetric } from '../contract/experiments.ts'
import { answerOrNull, estimateStatus, fiellerLift, meanEstimate, welchTest, type Counts, type Sample, type WelchResult } from '../stats/index.ts'
import { isShareType } from './share-types.ts'

/** One treatment beside control in one metric: what every test and interval starts from. */
export interface Pair {
  arm: string
  direction: PlanMetric['direction']
  /** A share of people: counted, with the tests of proportions. */
  share: boolean
  /** Control and treatment. A sample's variance is that of one unit's contribution, whatever the kind of metric. */
  a: Sample
  b: Sample
  status: string
  flags: string[]
  test: WelchResult | null
  /** Where pre-exposure values adjusted `a` and `b`: the pair without. */
  adjusted: { raw: Pair; theta: number[]; varianceReduction: number } | null
}

type Measured = Pick<PlanMetric, 'type' | 'direction'>

export function pairOf(metric: Measured, control: ArmResult, treatment: ArmResult): Pair {
  const a = sample(control)
  const b = sample(treatment)
  const both = { arm: treatment.arm, direction: metric.direction, share: isShareType(metric.type), a, b, test: null, adjusted: null }
  if (metric.type === 'quantile' && [control, treatment].some((arm) => arm.n > 1 && arm.mean !== null && arm.variance === null)) return { ...both, status: 'too_few_units', flags: [] }
  const { status, flags } = estimateStatus(kindOf(metric), withDenominator(a, control), withDenominator(b, treatment))
  if ((status === 'ok' || status === 'zero_variance') && !(isOfUsableSize(a) && isOfUsableSize(b))) return { ...both, status: 'invalid_input', flags: [] }
  return { ...both, status, flags, test: status === 'ok' ? answerOrNull(welchTest(a, b)) : null }
}

/** The numbers of a pair by Welch and Fieller, at 95 % and unadjusted for other comparisons. */
export function effectOf({ a, b, status, test }: Pair): EffectOfPair & { bounded: boolean } {
  const known = status === 'ok' || status === 'zero_variance'
  const lift = test ? answerOrNull(fiellerLift(meanEstimate(a), meanEstimate(b), test.critical)) : null
  return {
    diff: known ? b.mean - a.mean : null,
    se: test?.se ?? null,
    p: test?.p ?? null,
    ciLower: test?.ciLower ?? null,
    ciUpper: test?.ciUpper ?? null,
    lift: known && a.mean !== 0 ? (b.mean - a.mean) / Math.abs(a.mean) : null,
    liftLower: lift?.ciLower ?? null,
    liftUpper: lift?.ciUpper ?? null,
    bounded: lift?.bounded ?? true,
  }
}

export function sample({ n, mean, variance }: Pick<ArmResult, 'n' | 'mean' | 'variance'>): Sample {
  return { n, mean: mean ?? NaN, variance: variance ?? NaN }
}

export function counts({ n, mean }: Sample): Counts {
  return { n, x: Math.round(n * mean) }
}

/** The interval of a comparison on which the rule decides, with better upwards; null while there is no usable estimate of the lift. */
export function decidingInterval(comparison: ComparisonResult, direction: PlanMetric['direction']): { lower: number; upper: number } | null {
  const { liftLower, liftUpper } = comparison.decidedBy ?? comparison
  if (comparison.status !== 'ok' || liftLower === undefined || liftLower === null) return null
  const upper = liftUpper ?? Infinity
  return direction === 'increase' ? { lower: liftLower, upper } : { lower: -upper, upper: -liftLower }
}

function kindOf({ type }: Measured): 'proportion' | 'ratio' | 'mean' {
  if (isShareType(type)) return 'proportion'
  return type === 'ratio' ? 'ratio' : 'mean'
}

function withDenominator(of: Sample, { denominatorTotal }: ArmResult): Sample & { sumDen?: number } {
  return typeof denominatorTotal === 'number' ? { ...of, sumDen: denominatorTotal } : of
}

/** An interval of the lift multiplies four such numbers: beyond, the result is none, or silently 0. No value that ingest takes comes near. */
function isOfUsableSize({ mean, variance }: Sample): boolean {
  return [Math.abs(mean), Math.sqrt(variance)].every((size) => size === 0 || (size > 1e-60 && size < 1e60))
}
