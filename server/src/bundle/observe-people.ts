import { agesOf, isDaily } from '../analysis/daily-kinds.ts'
import { type DayUnits, type Observations, waitMs } from '../analysis/observations.ts'
import { dayOf, DAY_MS } from '../analysis/phase-days.ts'
import type { Plan } from '../contract/experiments.ts'
import { unitColumns, type UnitRow } from './unit-row.ts'

/** People per arm by the full days they have had since the first exposure, of those who count in the primary metric. */
export type PeopleByAge = ReadonlyMap<string, readonly number[]>

/** Who was exposed and when, person by person. */
export function observePeople(plan: Plan, cutoff: Date) {
  const exposed = new DayCounts()
  const entered = new DayCounts()
  const primary = plan.metrics.findIndex((metric) => metric.role === 'primary')
  const metric = plan.metrics[primary]
  const countsAt = unitColumns(plan).findIndex((column) => column.metric === primary && column.part === 'counts')
  const wait = metric ? waitMs(plan, metric) : 0
  const days = metric ? agesOf(metric) : 0
  /** Per arm, people by full days, of which more than are asked for are the most asked for. */
  const full = new Map(days === 0 ? [] : plan.arms.map(({ variant }) => [variant, Array.from({ length: days + 1 }, () => 0)] as const))
  let crossedUnits = 0
  return {
    add({ arm, firstExposureAt, numbers }: UnitRow): void {
      if (arm === '') {
        crossedUnits++
        return
      }
      exposed.add(arm, firstExposureAt)
      if (!metric || numbers[countsAt] !== 1) return
      if (isDaily(metric)) entered.add(arm, firstExposureAt + wait)
      const at = Math.min(days, Math.trunc((cutoff.getTime() - firstExposureAt) / DAY_MS))
      const counts = full.get(arm)
      if (counts && cutoff.getTime() >= firstExposureAt) counts[at] = (counts[at] ?? 0) + 1
    },
    found(): Pick<Observations, 'exposed' | 'entered' | 'crossedUnits'> & { ages: PeopleByAge } {
      const ages = new Map([...full].map(([arm, counts]) => [arm, counts.map((_, day) => counts.slice(day).reduce((sum, n) => sum + n, 0)).slice(1)]))
      return { exposed: exposed.rows(), entered: entered.rows(), crossedUnits, ages }
    },
  }
}

/** People by arm and day. */
class DayCounts {
  readonly #counts = new Map<string, DayUnits>()

  add(arm: string, at: number): void {
    const day = dayOf(new Date(at))
    const key = `${day} ${arm}`
    const row = this.#counts.get(key)
    if (row) row.units++
    else this.#counts.set(key, { arm, day, units: 1 })
  }

  rows(): DayUnits[] {
    return [...this.#counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  }
}
