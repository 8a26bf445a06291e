import type { Analysis, ComparisonResult, MetricResult } from '@assay/server/contract'
import type { MarkTone, Span } from '../../charts/span.ts'
import { forestDomain, ownDomain } from '../../charts/forest-scale.ts'
import { difference, differenceRange, isShare, level, lift, liftRange } from '../../ui/effect-format.ts'
import { percent, plural } from '../../ui/format.ts'
import { effectOf, methodWords, type Effect, type EffectScale } from './effect.ts'
import { markTone, type Reading } from './reading.ts'

export interface ForestLine {
  arm: string
  /** Index of the series colour. */
  series: number
  /** Level under this arm. */
  value: string
  effect: Effect
  tone: MarkTone
  reading: Reading
  chanceBetter: number | null
  /** Estimate and interval in words. */
  change: string
  interval: string
  /** How the interval was computed, where it is not the plain one. */
  decidedBy: string | null
  /** What else the change rests on: an adjustment, a cap, or what experiments on this metric usually find. */
  notes: string[]
  domain: [number, number]
  comparison: ComparisonResult
}

export interface ForestMetric {
  metric: MetricResult
  control: string
  /** `of people`, `EUR, lower is better`. */
  unit: string
  limit: { at: number; worse: 'above' | 'below' } | undefined
  target: number | undefined
  lines: ForestLine[]
}

export interface ForestGroup {
  role: MetricResult['role']
  title: string
  metrics: ForestMetric[]
}

const groups: readonly { role: MetricResult['role']; title: string }[] = [
  { role: 'primary', title: 'Decides' },
  { role: 'secondary', title: 'Explains' },
  { role: 'guardrail', title: 'Must not get worse' },
]

/** The metrics of an analysis as the rows of the forest, grouped by what they are for. Empty groups are left out. */
export function forestGroups(analysis: Analysis, minimumEffect: number | null, scale: EffectScale): ForestGroup[] {
  const marked = analysis.metrics.map((metric) => ({ metric, ...marksOf(metric, analysis.control, minimumEffect, scale) }))
  const spans = (chosen: (metric: MetricResult) => boolean) => analysis.metrics.filter(chosen).flatMap((metric) => metric.comparisons.map((comparison) => effectOf(comparison, scale).deciding))
  const shared = forestDomain(spans((metric) => metric.role === 'primary'), spans((metric) => metric.role !== 'primary'), marked.flatMap(({ limit, target }) => [limit?.at, target].filter((mark) => mark !== undefined)))

  return groups
    .map(({ role, title }) => ({
      role,
      title,
      metrics: marked.filter(({ metric }) => metric.role === role).map(({ metric, limit, target }) => {
        const control = metric.arms.find((arm) => arm.arm === analysis.control)
        const lines = metric.comparisons.map((comparison) => lineOf(metric, comparison, analysis, scale, shared, [limit?.at, target].filter((mark) => mark !== undefined)))
        return { metric, control: levelWords(metric, control?.mean ?? null), unit: unitWords(metric), limit, target, lines }
      }),
    }))
    .filter((group) => group.metrics.length > 0)
}

/** Axis of the shared column: relative lifts share one, absolute differences have no unit in common. */
export function sharedDomain(found: readonly ForestGroup[]): [number, number] {
  return found[0]?.metrics[0]?.lines[0]?.domain ?? [-0.01, 0.01]
}

function lineOf(metric: MetricResult, comparison: ComparisonResult, analysis: Analysis, scale: EffectScale, shared: [number, number], marks: readonly number[]): ForestLine {
  const effect = effectOf(comparison, scale)
  const reading = metric.readings.find((other) => other.arm === comparison.arm)?.reading ?? 'no_answer'
  const treatments = analysis.arms.map((arm) => arm.arm).filter((arm) => arm !== analysis.control)
  return {
    arm: comparison.arm,
    series: treatments.indexOf(comparison.arm) + 1,
    value: levelWords(metric, metric.arms.find((arm) => arm.arm === comparison.arm)?.mean ?? null),
    effect,
    tone: markTone(reading, effect.deciding, metric.direction),
    reading,
    chanceBetter: comparison.chanceBetter,
    change: changeWords(metric, comparison, scale),
    interval: intervalWords(metric, effect, scale),
    decidedBy: effect.method === null ? null : methodWords(effect.method),
    notes: notesOf(metric, comparison),
    domain: scale === 'relative' ? shared : ownDomain(effect.deciding, marks),
    comparison,
  }
}

function notesOf(metric: MetricResult, { adjustment, shrunk }: ComparisonResult): string[] {
  const capped = metric.arms.reduce((sum, arm) => sum + (arm.capped ?? 0), 0)
  return [
    ...(adjustment === undefined ? [] : [`adjusted, ${percent(adjustment.varianceReduction, 0)} less variance`]),
    ...(capped === 0 ? [] : [`${plural(capped, 'value')} capped`]),
    ...(shrunk?.lift == null ? [] : [`${lift(shrunk.lift)} in view of ${plural(shrunk.from, 'experiment')}`]),
  ]
}

function changeWords(metric: MetricResult, comparison: ComparisonResult, scale: EffectScale): string {
  if (comparison.diff === null) return 'No estimate'
  if (scale === 'absolute') return difference(metric.type, comparison.diff, metric.unitLabel)
  return comparison.lift === null ? 'No relative change' : lift(comparison.lift)
}

function intervalWords(metric: MetricResult, effect: Effect, scale: EffectScale): string {
  const { lower, mid, upper }: Span = effect.deciding
  if (mid === null) return ''
  if (effect.open) return 'No interval yet'
  return scale === 'relative' ? liftRange(lower, upper) : differenceRange(metric.type, lower, upper)
}

function levelWords(metric: MetricResult, mean: number | null): string {
  return mean === null ? '–' : level(metric.type, mean)
}

function unitWords(metric: MetricResult): string {
  const unit = isShare(metric.type) ? 'of people' : metric.unitLabel === '' ? 'per person' : `${metric.unitLabel} per person`
  return metric.direction === 'decrease' ? `${unit}, lower is better` : unit
}

/** Limit of a guardrail and target of the deciding metric, on the scale of the effect. */
function marksOf(metric: MetricResult, control: string, minimumEffect: number | null, scale: EffectScale): Pick<ForestMetric, 'limit' | 'target'> {
  const better = metric.direction === 'increase' ? 1 : -1
  const unit = scale === 'relative' ? 1 : Math.abs(metric.arms.find((arm) => arm.arm === control)?.mean ?? 0)
  if (unit === 0) return { limit: undefined, target: undefined }
  return {
    limit: metric.role === 'guardrail' && metric.margin !== null ? { at: -better * metric.margin * unit, worse: better > 0 ? 'below' : 'above' } : undefined,
    target: metric.role === 'primary' && minimumEffect !== null ? better * minimumEffect * unit : undefined,
  }
}
