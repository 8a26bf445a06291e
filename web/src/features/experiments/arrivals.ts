import type { Analysis } from '@assay/server/contract'
import type { StackLayer } from '../../charts/stacked-series.ts'
import { count, date, plural } from '../../ui/format.ts'

const DAY_MS = 86_400_000

export interface Arrivals {
  /** Start of each day (UTC), without a gap from the first to the last. */
  times: number[]
  /** Control first, as in every chart. */
  layers: StackLayer[]
}

/** How many met a variant for the first time on each day; null where the analysis does not know. */
export function arrivalsOf({ arrivals, control, arms }: Pick<Analysis, 'arrivals' | 'control' | 'arms'>): Arrivals | null {
  if (arrivals === undefined || arrivals.length === 0) return null
  const days = arrivals.map(({ day }) => Date.parse(day))
  const first = Math.min(...days)
  const times = Array.from({ length: Math.round((Math.max(...days) - first) / DAY_MS) + 1 }, (_, i) => first + i * DAY_MS)
  const treatments = arms.map(({ arm }) => arm).filter((arm) => arm !== control)
  const byDay = new Map(arrivals.map(({ day, arms: counted }) => [Date.parse(day), counted]))
  return { times, layers: [control, ...treatments].map((arm) => ({ label: arm, series: treatments.indexOf(arm) + 1, values: times.map((time) => byDay.get(time)?.find((other) => other.arm === arm)?.n ?? 0) })) }
}

/** The people of each day, over all variants. */
export function perDay({ times, layers }: Arrivals): number[] {
  return times.map((_, i) => layers.reduce((sum, { values }) => sum + (values[i] ?? 0), 0))
}

/** What the chart says. */
export function arrivalsSentence(arrivals: Arrivals): string {
  const sums = perDay(arrivals)
  const most = Math.max(...sums)
  const at = arrivals.times[sums.indexOf(most)]
  const empty = sums.filter((sum) => sum === 0).length
  const quiet = empty === 0 ? '' : ` On ${plural(empty, 'day')} nobody came.`
  return `${count(sums.reduce((sum, n) => sum + n, 0))} people in ${plural(sums.length, 'day')}; most on ${at === undefined ? '' : date(new Date(at).toISOString())}, ${count(most)}.${quiet}`
}
