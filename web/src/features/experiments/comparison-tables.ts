import type { EffectOfPair, MetricResult } from '@assay/server/contract'
import { exact } from '../../ui/effect-format.ts'
import { count, percent } from '../../ui/format.ts'
import { methodWords } from './effect.ts'
import { flagWords } from './flag-words.ts'

export interface NumbersOf {
  caption: string
  head: readonly string[]
  rows: readonly (readonly string[])[]
}

/** Every number behind one metric as tables, in the order in which they build on each other. Tables that would be empty are left out. */
export function comparisonTables(metric: MetricResult, control: string): NumbersOf[] {
  return [arms(metric, control), steps(metric, control), differences(metric), lifts(metric), decided(metric), adjusted(metric), uncapped(metric), shrunk(metric)].filter((table) => table.rows.length > 0)
}

const interval = ['Difference', 'From', 'To', 'Lift', 'From', 'To', 'p'] as const

function intervalCells(effect: EffectOfPair): string[] {
  return [effect.diff, effect.ciLower, effect.ciUpper, effect.lift, effect.liftLower, effect.liftUpper, effect.p].map(shown)
}

function arms(metric: MetricResult, control: string): NumbersOf {
  const capped = metric.arms.some((arm) => arm.capped !== undefined)
  const counted = metric.arms.some((arm) => arm.withEvent !== undefined)
  const totals = metric.arms.some((arm) => arm.total != null)
  const below = metric.arms.some((arm) => arm.denominatorTotal != null)
  const columns = (has: boolean, value: string) => (has ? [value] : [])
  return {
    caption: 'People and values per variant',
    head: ['Variant', 'People', ...columns(counted, 'With an event'), levelName(metric), 'Variance', ...columns(totals, 'Total'), ...columns(below, 'Total below the line'), ...columns(capped, 'Capped')],
    rows: metric.arms.map((arm) => [
      `${arm.arm}${arm.arm === control ? ', control' : ''}`, count(arm.n), ...columns(counted, arm.withEvent === undefined ? '–' : count(arm.withEvent)), shown(arm.mean), shown(arm.variance),
      ...columns(totals, shown(arm.total ?? null)), ...columns(below, shown(arm.denominatorTotal ?? null)), ...columns(capped, arm.capped === undefined ? '–' : count(arm.capped)),
    ]),
  }
}

function levelName({ type }: MetricResult): string {
  switch (type) {
    case 'conversion': case 'retention': case 'funnel': return 'Share'
    case 'ratio': return 'Ratio'
    case 'quantile': return 'Quantile'
    case 'count': case 'sum': case 'mean': return 'Mean'
  }
}

/** A funnel, one row per step and variant. */
function steps(metric: MetricResult, control: string): NumbersOf {
  return {
    caption: 'Steps of the funnel, in order',
    head: ['Step and variant', 'People', 'Of all', 'Of the step before'],
    rows: (metric.steps ?? []).flatMap((step, index) => step.arms.map((arm) => [
      `${index + 1}. ${step.event}, ${arm.arm}${arm.arm === control ? ', control' : ''}`, count(arm.units), arm.share === null ? '–' : percent(arm.share, 2), arm.ofPrevious === null ? '–' : percent(arm.ofPrevious, 2),
    ])),
  }
}

function differences({ comparisons }: MetricResult): NumbersOf {
  const adjusted = comparisons.some((one) => one.adjustment !== undefined)
  const corrected = comparisons.some((one) => one.adjustedP != null)
  return {
    caption: `Welch’s test on the difference, 95%${adjusted ? ', adjusted by what people did before' : ''}`,
    head: ['Variant', 'Difference', 'From', 'To', 'Standard error', 't', 'df', 'p', ...(corrected ? ['p, corrected'] : [])],
    rows: comparisons.map((one) => [one.arm, ...[one.diff, one.ciLower, one.ciUpper, one.se, one.t, one.df, one.p].map(shown), ...(corrected ? [shown(one.adjustedP ?? null)] : [])]),
  }
}

function lifts({ comparisons }: MetricResult): NumbersOf {
  return {
    caption: 'Fieller’s interval on the lift, 95%',
    head: ['Variant', 'Lift', 'From', 'To', 'Chance better', 'Average loss if shipped', 'Status', 'Notes'],
    rows: comparisons.map((one) => [one.arm, ...[one.lift, one.liftLower, one.liftUpper, one.chanceBetter, one.expectedLoss ?? null].map(shown), one.status.replaceAll('_', ' '), one.flags.length === 0 ? 'none' : one.flags.map(flagWords).join(', ')]),
  }
}

function decided({ comparisons }: MetricResult): NumbersOf {
  return {
    caption: 'The interval that decided',
    head: ['Variant', 'Method', 'p', 'Difference from', 'To', 'Lift from', 'To'],
    rows: comparisons.flatMap(({ arm, decidedBy }) => (decidedBy === undefined ? [] : [[arm, methodWords(decidedBy.method), ...[decidedBy.p, decidedBy.ciLower, decidedBy.ciUpper, decidedBy.liftLower ?? null, decidedBy.liftUpper ?? null].map(shown)]])),
  }
}

function adjusted({ comparisons }: MetricResult): NumbersOf {
  return {
    caption: 'Without the adjustment by what people did before (CUPED)',
    head: ['Variant', ...interval, 'Variance removed', 'Slopes'],
    rows: comparisons.flatMap(({ arm, adjustment }) => (adjustment === undefined ? [] : [[arm, ...intervalCells(adjustment.raw), percent(adjustment.varianceReduction, 1), adjustment.theta.map(exact).join(', ')]])),
  }
}

function uncapped({ comparisons }: MetricResult): NumbersOf {
  return {
    caption: 'Without the cap, and without any adjustment',
    head: ['Variant', ...interval],
    rows: comparisons.flatMap((one) => (one.uncapped === undefined ? [] : [[one.arm, ...intervalCells(one.uncapped)]])),
  }
}

function shrunk({ comparisons }: MetricResult): NumbersOf {
  return {
    caption: 'Drawn towards what finished experiments on this metric found',
    head: ['Variant', 'Lift', 'From', 'To', 'Experiments'],
    rows: comparisons.flatMap((one) => (one.shrunk === undefined ? [] : [[one.arm, shown(one.shrunk.lift), shown(one.shrunk.lower), shown(one.shrunk.upper), count(one.shrunk.from)]])),
  }
}

function shown(value: number | null): string {
  return value === null ? '–' : exact(value)
}
