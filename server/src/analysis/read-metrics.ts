import type { ArmResult, ComparisonResult, MetricResult } from '../contract/analysis.ts'
import type { Plan, PlanMetric } from '../contract/experiments.ts'
import { adjustPValues } from '../stats/index.ts'
import { adjustPair, type ArmCovariates } from './adjust-pair.ts'
import { compare, decide, uncappedPair } from './compare-pair.ts'
import { criticalValues, type CriticalValues, type LookNow } from './critical-values.ts'
import { fixedP, primaryLevels, type Level } from './levels.ts'
import { decidingInterval, pairOf, type Pair } from './pair.ts'
import { readGuardrail } from './read-guardrail.ts'

export interface MetricsInput extends LookNow {
  /** Sufficient statistics by metric key, in any order of arms. */
  arms: ReadonlyMap<string, readonly ArmResult[]>
  /** What people did before they were exposed, by metric key; read where the plan adjusts. */
  covariates?: ReadonlyMap<string, readonly ArmCovariates[]>
  /** Steps of funnels, by metric key. */
  steps?: ReadonlyMap<string, NonNullable<MetricResult['steps']>>
}

interface Read {
  metric: PlanMetric
  arms: ArmResult[]
  pairs: Pair[]
  levels: Level[]
  comparisons: ComparisonResult[]
}

/**
 * Every metric of the plan against control: Welch and Fieller at 95 % for reading, the interval that decides where it is another one
 * (`decidedBy`), and what the sealed rule reads in it.
 */
export function readMetrics(input: MetricsInput): MetricResult[] {
  const { plan } = input
  const critical = criticalValues(input)
  const read = plan.metrics.map((metric) => readPairs(metric, input, critical))
  const secondary = secondaryP(read)
  return read.map(({ metric, arms, pairs, levels, comparisons }) => {
    const corrected = metric.role === 'primary' ? primaryP(plan, comparisons, levels) : metric.role === 'secondary' ? comparisons.map(({ arm }) => secondary.get(`${metric.key} ${arm}`) ?? null) : null
    const steps = input.steps?.get(metric.key)
    return {
      key: metric.key, name: metric.name, role: metric.role, type: metric.type, direction: metric.direction, unitLabel: metric.unitLabel, margin: metric.margin, arms,
      comparisons: comparisons.map((comparison, i) => (corrected ? { ...comparison, adjustedP: corrected[i] ?? null } : comparison)),
      ...(steps ? { steps } : {}),
      readings: comparisons.map((comparison, i) => ({ arm: comparison.arm, reading: readingOf(metric, pairs[i] as Pair, comparison, corrected?.[i] ?? null, plan, critical) })),
    }
  })
}

function readPairs(metric: PlanMetric, input: MetricsInput, critical: CriticalValues): Read {
  const { plan } = input
  const found = input.arms.get(metric.key) ?? []
  const arms = plan.arms.map(({ variant }) => found.find(({ arm }) => arm === variant) ?? { arm: variant, n: 0, mean: null, variance: null })
  const control = arms.find(({ arm }) => arm === plan.control) as ArmResult
  const treatments = arms.filter(({ arm }) => arm !== plan.control)
  const historyDays = plan.cupedDays ?? null
  const before = (arm: string) => input.covariates?.get(metric.key)?.find((other) => other.arm === arm)?.joint
  const pairs = treatments.map((treatment) => {
    const raw = pairOf(metric, control, treatment)
    return historyDays === null ? raw : adjustPair(raw, metric.type, historyDays, before(plan.control), before(treatment.arm))
  })
  const levels = metric.role === 'primary' ? primaryLevels(plan, pairs) : []
  const comparisons = pairs.map((pair, i) => compare(pair, uncappedPair(metric, control, treatments[i] as ArmResult), metric.role === 'primary' ? decide(pair, plan, critical, levels[i] as Level) : undefined))
  return { metric, arms, pairs, levels, comparisons }
}

/** Holm over the treatments: of a plan read once on its tests, of an always-valid plan on the p that holds at every look. A boundary has no p. */
function primaryP(plan: Plan, comparisons: readonly ComparisonResult[], levels: readonly Level[]): (number | null)[] {
  if (plan.mode === 'fixed') return levels.map(({ p }) => p)
  return adjustPValues(comparisons.map(({ decidedBy }) => decidedBy?.p ?? null), 'holm')
}

/** Secondary metrics: Benjamini-Hochberg over all of them and all arms, by metric and arm. They explain; they never decide. */
function secondaryP(read: readonly Read[]): Map<string, number | null> {
  const all = read.filter(({ metric }) => metric.role === 'secondary').flatMap(({ metric, pairs }) => pairs.map((pair) => ({ key: `${metric.key} ${pair.arm}`, p: pair.status === 'ok' ? fixedP(pair) : null })))
  const adjusted = adjustPValues(all.map(({ p }) => p), 'bh')
  return new Map(all.map(({ key }, i) => [key, adjusted[i] ?? null]))
}

function readingOf(metric: PlanMetric, pair: Pair, comparison: ComparisonResult, correctedP: number | null, plan: Plan, critical: CriticalValues): MetricResult['readings'][number]['reading'] {
  if (metric.role === 'guardrail') return readGuardrail(metric, pair, plan, critical)
  if (metric.role === 'secondary') {
    if (correctedP === null) return 'no_answer'
    return correctedP >= 0.05 ? 'unclear' : (comparison.diff ?? 0) > 0 === (metric.direction === 'increase') ? 'better' : 'worse'
  }
  const interval = decidingInterval(comparison, metric.direction)
  if (interval === null) return 'no_answer'
  return interval.lower > 0 ? 'better' : interval.upper < 0 ? 'worse' : 'unclear'
}
