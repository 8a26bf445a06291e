import type { DayValues, Observations } from '../analysis/observations.ts'
import type { Plan } from '../contract/experiments.ts'
import type { PeopleByAge } from './observe-people.ts'
import { loweredTo } from './person-values.ts'
import type { UnitTables } from './unit-row.ts'

/** The primary metric by day of the calendar, capped where it is, and by days since the first exposure. */
export async function observeDays(plan: Plan, tables: Pick<UnitTables, 'days' | 'ages'>, cap: number | undefined, ages: PeopleByAge): Promise<Pick<Observations, 'daily' | 'byAge'>> {
  const daily = new Map<string, DayValues>()
  let last: { unit: string; level: number } | null = null
  for await (const { unit, arm, day, level } of tables.days()) {
    const before = last?.unit === unit ? last.level : 0
    const after = loweredTo(level ?? Infinity, cap)
    const known = daily.get(`${day} ${arm}`) ?? { arm, day, sum: 0, squares: 0 }
    daily.set(`${day} ${arm}`, { arm, day, sum: plus(known.sum, after - before), squares: plus(known.squares, after ** 2 - before ** 2) })
    last = { unit, level: after }
  }
  return { daily: [...daily.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row), ...(ages.size === 0 ? {} : { byAge: await observeAges(plan, tables, ages) }) }
}

async function observeAges(plan: Plan, tables: Pick<UnitTables, 'ages'>, people: PeopleByAge): Promise<NonNullable<Observations['byAge']>> {
  const sums = new Map<string, { sum: number; squares: number }>()
  for await (const { arm, age, value } of tables.ages()) {
    const known = sums.get(`${age} ${arm}`) ?? { sum: 0, squares: 0 }
    sums.set(`${age} ${arm}`, { sum: known.sum + (value ?? NaN), squares: known.squares + (value ?? NaN) ** 2 })
  }
  return plan.arms.flatMap(({ variant: arm }) => (people.get(arm) ?? []).flatMap((n, i) => {
    const { sum, squares } = sums.get(`${i + 1} ${arm}`) ?? { sum: 0, squares: 0 }
    return n === 0 ? [] : [{ arm, day: i + 1, moments: { n, mean: sum / n, m2: Math.max(0, squares - (sum * sum) / n) } }]
  }))
}

/** Null once a part is unknown or the sum is too large. */
function plus(a: number | null, b: number): number | null {
  const sum = a === null ? NaN : a + b
  return Number.isFinite(sum) ? sum : null
}
