const DAY_MS = 24 * 3_600_000
/** Stored rows that are read at most, a day of them in any case: a preview is looked at while somebody types. */
const MOST_READ = 20_000_000
/** Rows that are looked at in full; of more, those of one unit in so many. */
const MOST_LOOKED_AT = 5_000_000

interface StoredDay {
  day: string
  rows: number
}

/** The last days in UTC with the present one, from its first midnight to now. */
export function previewDays(now: Date, days: number): { from: Date; to: Date } {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  return { from: new Date(today - (days - 1) * DAY_MS), to: now }
}

/** The first day from which on everything that is stored may be read. */
export function daysThatFit(from: Date, stored: readonly StoredDay[]): Date {
  const newestFirst = [...stored].sort((a, b) => (a.day < b.day ? 1 : -1))
  let rows = 0
  for (const [i, day] of newestFirst.entries()) {
    rows += day.rows
    if (rows > MOST_READ && i > 0) return new Date(`${newestFirst[i - 1]?.day}T00:00:00.000Z`)
  }
  return from
}

/** 1 looks at everybody. */
export function oneUnitIn(stored: readonly StoredDay[]): number {
  return Math.max(1, Math.ceil(stored.reduce((sum, { rows }) => sum + rows, 0) / MOST_LOOKED_AT))
}

/** One entry a day, 0 where nothing was recorded. */
export function everyDay(from: Date, to: Date, found: readonly { day: string; events: number; units: number }[]): { day: string; events: number; units: number }[] {
  const days = Math.ceil((to.getTime() - from.getTime()) / DAY_MS)
  return Array.from({ length: days }, (_, i) => {
    const day = new Date(from.getTime() + i * DAY_MS).toISOString().slice(0, 10)
    return found.find((row) => row.day === day) ?? { day, events: 0, units: 0 }
  })
}
