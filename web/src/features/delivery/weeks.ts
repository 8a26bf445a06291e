const DAY_MS = 86_400_000

interface Day {
  day: string
  changes: number
  rollbacks: number
}

export interface Week {
  changes: number
  rollbacks: number
}

/** Days summed up in stretches of one week or more that end with the last day, oldest first; the oldest stretch may be shorter. */
export function weeksOf(days: readonly Day[], first: string, last: string, weeksInOne = 1): Week[] {
  const end = Date.parse(last)
  const stretch = DAY_MS * 7 * weeksInOne
  const length = Math.floor((end - Date.parse(first)) / stretch) + 1
  const weeks = Array.from({ length }, () => ({ changes: 0, rollbacks: 0 }))
  for (const { day, changes, rollbacks } of days) {
    const week = weeks[length - 1 - Math.floor((end - Date.parse(day)) / stretch)]
    if (!week) continue
    week.changes += changes
    week.rollbacks += rollbacks
  }
  return weeks
}
