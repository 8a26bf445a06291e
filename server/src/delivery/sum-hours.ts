import type { Delivery } from '../contract/delivery.ts'

/** What was counted in one hour of a place. */
export interface HourCount {
  /** `2027-03-31 14`, by the clock of the place. */
  hour: string
  changes: number
  live: number
  takenBack: number
  rollbacks: number
  rolledBackByOff: number
  turnedOff: number
  completed: number
  completedAtOnce: number
}

export interface SummedHours {
  totals: Omit<HourCount, 'hour'>
  days: Delivery['changes']['days']
  hours: Delivery['changes']['hours']
}

/** All hours together, and by day and by hour of the week: one reading of the changes gives all three. */
export function sumHours(counts: readonly HourCount[]): SummedHours {
  const totals = { changes: 0, live: 0, takenBack: 0, rollbacks: 0, rolledBackByOff: 0, turnedOff: 0, completed: 0, completedAtOnce: 0 }
  const days = new Map<string, SummedHours['days'][number]>()
  const hours = new Map<number, SummedHours['hours'][number]>()
  for (const { hour: name, ...count } of counts) {
    for (const key of keysOf(totals)) totals[key] += count[key]
    const [day = '', hour = ''] = name.split(' ')
    const weekday = ((new Date(day).getUTCDay() + 6) % 7) + 1
    add(days, day, { day, changes: 0, rollbacks: 0 }, count)
    add(hours, weekday * 24 + Number(hour), { weekday, hour: Number(hour), changes: 0, rollbacks: 0 }, count)
  }
  return { totals, days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day), hours: [...hours].sort(([a], [b]) => a - b).map(([, hour]) => hour) }
}

interface Sum {
  changes: number
  rollbacks: number
}

function add<K, T extends Sum>(sums: Map<K, T>, key: K, start: T, { changes, rollbacks }: Sum): void {
  const sum = sums.get(key) ?? start
  sum.changes += changes
  sum.rollbacks += rollbacks
  sums.set(key, sum)
}

function keysOf<T extends object>(value: T): (keyof T)[] {
  return Object.keys(value) as (keyof T)[]
}
