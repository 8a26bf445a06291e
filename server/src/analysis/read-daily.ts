import type { Analysis, ArmResult } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import type { DayUnits, DayValues } from './observations.ts'
import { decidingLimits } from './effect-words.ts'
import { readMetrics } from './read-metrics.ts'

/** Units per arm in the plan's order, as they stood at the end of each day on which they changed. */
export function cumulativeUnits(plan: Pick<Plan, 'arms'>, days: readonly DayUnits[]): { day: string; units: number[] }[] {
  const sums = plan.arms.map(() => 0)
  return [...new Set(days.map((row) => row.day))].sort().map((day) => {
    for (const row of days) {
      const index = plan.arms.findIndex((arm) => arm.variant === row.arm)
      if (row.day === day && index >= 0) sums[index] = (sums[index] as number) + row.units
    }
    return { day, units: [...sums] }
  })
}

/** How many units came on each of those days. */
export function arrivals(plan: Pick<Plan, 'arms'>, days: readonly { day: string; units: readonly number[] }[]): NonNullable<Analysis['arrivals']> {
  return days.map(({ day, units }, i) => ({ day, arms: plan.arms.map(({ variant }, arm) => ({ arm: variant, n: (units[arm] ?? 0) - (days[i - 1]?.units[arm] ?? 0) })) }))
}

/**
 * The primary metric's lift as it stood at the end of each day on which anything changed, with the always-valid interval, whatever
 * the plan's mode: this line is looked at every day.
 *
 * The variance comes from sums of squares, since values grow from day to day: good for a line, where a mean a million times
 * its deviation would show the last digits. Nothing is decided by it.
 */
export function readDaily(plan: Plan, entered: readonly DayUnits[], values: readonly DayValues[]): Analysis['daily'] {
  const primary = plan.metrics.find((metric) => metric.role === 'primary')
  if (!primary) return []
  const alwaysValid: Plan = { ...plan, mode: 'always_valid', metrics: [primary] }
  const changes = new Map<string, { arm: string; units: number; sum: number | null; squares: number | null }[]>()
  for (const { day, arm, units } of entered) changes.set(day, [...(changes.get(day) ?? []), { arm, units, sum: 0, squares: 0 }])
  for (const { day, arm, sum, squares } of values) changes.set(day, [...(changes.get(day) ?? []), { arm, units: 0, sum, squares }])

  const totals = new Map(plan.arms.map(({ variant }): [string, Total] => [variant, { n: 0, sum: 0, squares: 0 }]))
  return [...changes.keys()].sort().flatMap((day) => {
    for (const { arm, units, sum, squares } of changes.get(day) ?? []) {
      const total = totals.get(arm)
      if (!total) continue
      total.n += units
      total.sum = plus(total.sum, sum)
      total.squares = plus(total.squares, squares)
    }
    const arms = [...totals].map(([arm, total]) => armOf(arm, total))
    const [result] = readMetrics({ plan: alwaysValid, days: 0, informationFraction: null, earlierLooks: [], arms: new Map([[primary.key, arms]]) })
    return (result?.comparisons ?? []).map((comparison) => {
      const { liftLower, liftUpper } = decidingLimits(comparison)
      const known = comparison.decidedBy !== undefined
      return { day, arm: comparison.arm, n: totals.get(comparison.arm)?.n ?? 0, lift: comparison.lift, lower: known ? liftLower : null, upper: known ? liftUpper : null }
    })
  })
}

interface Total {
  n: number
  /** Null once a part is unknown. */
  sum: number | null
  squares: number | null
}

function plus(a: number | null, b: number | null): number | null {
  const sum = a === null || b === null ? Infinity : a + b
  return Number.isFinite(sum) ? sum : null
}

function armOf(arm: string, { n, sum, squares }: Total): ArmResult {
  if (n === 0 || sum === null || squares === null) return { arm, n, mean: null, variance: null }
  return { arm, n, mean: sum / n, variance: n < 2 ? null : Math.max(0, squares - (sum * sum) / n) / (n - 1) }
}
