import type { ArmResult } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { type DayUnits, type DayValues, type Observations, waitMs } from '../analysis/observations.ts'
import { dayOf } from '../analysis/phase-days.ts'
import { mergeMoments, sampleVariance } from '../stats/index.ts'
import { RunningMoments } from './running-moments.ts'
import { type DayRow, unitColumns, type UnitPart, type UnitRow } from './unit-row.ts'

interface MetricArm {
  counted: number
  withEvent: number
  /** Of the people with an event. */
  moments: RunningMoments
  unknown: boolean
}

export interface UnitObserver {
  add(row: UnitRow): void
  addDay(row: DayRow): void
  /** `lastExposureAt`: of all exposures, later ones of the same person among them. */
  observations(lastExposureAt: Date | null): Observations
}

/**
 * What the analysis needs, from the rows of a bundle instead of the event store. Whoever goes over the same rows in the same order gets the
 * same digits: so a bundle can be checked to the last one.
 */
export function observeUnits(plan: Plan): UnitObserver {
  const columns = unitColumns(plan)
  const index = (metric: number, part: UnitPart) => columns.findIndex((column) => column.metric === metric && column.part === part)
  const places = plan.metrics.map((_, metric) => ({ counts: index(metric, 'counts'), events: index(metric, 'events'), value: index(metric, 'value') }))
  const arms = new Map(plan.arms.map(({ variant }) => [variant, plan.metrics.map((): MetricArm => ({ counted: 0, withEvent: 0, moments: new RunningMoments(), unknown: false }))]))
  const primary = plan.metrics.findIndex((metric) => metric.role === 'primary')
  const primaryMetric = plan.metrics[primary]
  const wait = primaryMetric ? waitMs(plan, primaryMetric) : 0
  const exposed = new Counts()
  const entered = new Counts()
  const daily = new Map<string, DayValues>()
  let first = Infinity
  let crossedUnits = 0

  return {
    add({ arm, firstExposureAt, numbers }) {
      first = Math.min(first, firstExposureAt)
      if (arm === '') {
        crossedUnits++
        return
      }
      exposed.add(arm, dayOf(new Date(firstExposureAt)))
      if (primaryMetric && numbers[places[primary]?.counts ?? -1] === 1) entered.add(arm, dayOf(new Date(firstExposureAt + wait)))
      arms.get(arm)?.forEach((found, metric) => {
        const place = places[metric]
        if (!place || numbers[place.counts] !== 1) return
        found.counted++
        const value = numbers[place.value]
        if (!numbers[place.events] && value === 0) return
        found.withEvent++
        if (value === null || value === undefined) found.unknown = true
        else found.moments.add(value)
      })
    },

    addDay({ arm, day, value, level }) {
      const key = `${day} ${arm}`
      const known = daily.get(key) ?? { arm, day, sum: 0, squares: 0 }
      daily.set(key, { arm, day, sum: plus(known.sum, value), squares: plus(known.squares, value === null || level === null ? null : level ** 2 - (level - value) ** 2) })
    },

    observations(lastExposureAt) {
      if (first === Infinity) return { firstExposureAt: null, lastExposureAt: null, crossedUnits: 0, exposed: [], entered: [], metrics: [], daily: [] }
      return {
        firstExposureAt: new Date(first),
        lastExposureAt,
        crossedUnits,
        exposed: exposed.rows(),
        entered: entered.rows(),
        metrics: plan.metrics.map(({ key }, metric) => ({ metric: key, arms: plan.arms.map(({ variant }) => armOf(variant, arms.get(variant)?.[metric])) })),
        daily: [...daily.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
      }
    },
  }
}

function armOf(arm: string, found: MetricArm | undefined): ArmResult {
  const { counted: n, withEvent } = found ?? { counted: 0, withEvent: 0 }
  if (!found || n === 0) return { arm, n, mean: null, variance: null, withEvent }
  if (found.unknown) return { arm, n, mean: null, variance: null, withEvent }
  // Zeros first, so that a share is one exact division.
  const all = mergeMoments([{ n: n - withEvent, mean: 0, m2: 0 }, found.moments.moments()])
  return { arm, n, mean: finite(all.mean), variance: n < 2 ? null : finite(sampleVariance(all)), withEvent }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** Null once a part is unknown or the sum is too large. */
function plus(a: number | null, b: number | null): number | null {
  const sum = a === null || b === null ? Infinity : a + b
  return Number.isFinite(sum) ? sum : null
}

/** People by arm and day. */
class Counts {
  readonly #counts = new Map<string, DayUnits>()

  add(arm: string, day: string): void {
    const key = `${day} ${arm}`
    const row = this.#counts.get(key)
    if (row) row.units++
    else this.#counts.set(key, { arm, day, units: 1 })
  }

  rows(): DayUnits[] {
    return [...this.#counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  }
}
