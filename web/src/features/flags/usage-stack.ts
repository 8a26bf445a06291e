import { CALLERS_DEFAULT, type UsageSeries } from '@assay/server/contract'
import type { StackLayer } from '../../charts/stacked-series.ts'
import { count, percent } from '../../ui/format.ts'
import type { Naming } from '../../ui/serve/naming.ts'

export interface UsageStack {
  /** Start of each step in ms, oldest first, without gaps. */
  times: number[]
  stepMs: number
  layers: StackLayer[]
}

const HOUR_MS = 3_600_000

/** The decisions of the last hours as layers of a chart: the flag's variants in their order, and last what callers fell back to. */
export function usageStack(usage: Pick<UsageSeries, 'stepMinutes' | 'points'>, { hours, variants, naming, now }: { hours: number; variants: readonly string[]; naming: Naming; now: Date }): UsageStack {
  const stepMs = usage.stepMinutes * 60_000
  const first = Math.floor((now.getTime() - hours * HOUR_MS) / stepMs)
  const last = Math.floor(now.getTime() / stepMs)
  const times = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * stepMs)
  const asked = new Set(usage.points.map(({ variant }) => variant))
  const known: (string | null)[] = [...variants, ...[...asked].filter((variant) => variant !== null && !variants.includes(variant)), null]
  const layers = known.filter((variant) => asked.has(variant)).map((variant): StackLayer => {
    const values = times.map(() => 0)
    for (const point of usage.points) {
      const step = Math.floor(Date.parse(point.at) / stepMs) - first
      if (point.variant === variant && step >= 0 && step < values.length) values[step] = (values[step] ?? 0) + point.count
    }
    return { label: servedName(variant, naming), series: variant === null ? null : naming.series(variant), values }
  })
  return { times, stepMs, layers }
}

/** What was served, by name. */
export function servedName(variant: string | null, naming: Naming): string {
  return variant === null ? CALLERS_DEFAULT : naming.variant(variant)
}

/** The chart in a sentence: `41,210 decisions in 7 days: Control 51%, Express 49%.` */
export function usageSentence(totals: UsageSeries['totals'], period: string, naming: Naming): string {
  const all = totals.reduce((sum, total) => sum + total.count, 0)
  if (all === 0) return `No decisions in ${period}.`
  return `${count(all)} decisions in ${period}: ${totals.map((total) => `${servedName(total.variant, naming)} ${percent(total.count / all)}`).join(', ')}.`
}
