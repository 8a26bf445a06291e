const DAY_MS = 24 * 3_600_000

/** The last days in UTC with the present one, from its first midnight to now. */
export function previewDays(now: Date, days: number): { from: Date; to: Date } {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  return { from: new Date(today - (days - 1) * DAY_MS), to: now }
}

/** One entry a day, 0 where nothing was recorded. */
export function everyDay(from: Date, days: number, found: readonly { day: string; events: number; units: number }[]): { day: string; events: number; units: number }[] {
  return Array.from({ length: days }, (_, i) => {
    const day = new Date(from.getTime() + i * DAY_MS).toISOString().slice(0, 10)
    return found.find((row) => row.day === day) ?? { day, events: 0, units: 0 }
  })
}
