const DAY_MS = 86_400_000

export interface HeatDay {
  /** `2027-03-31`. */
  day: string
  changes: number
  rollbacks: number
}

export interface HeatCell extends HeatDay {
  /** Counted from the first week that is shown. */
  week: number
  /** 0 is Monday. */
  weekday: number
}

/** Every day from the first to the last, in weeks that begin on Monday; a day that is not given is one on which nothing happened. */
export function heatCells(days: readonly HeatDay[], first: string, last: string): HeatCell[] {
  const known = new Map(days.map((day) => [day.day, day]))
  const start = Date.parse(first)
  const offset = weekdayOf(start)
  const cells: HeatCell[] = []
  for (let at = start; at <= Date.parse(last); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10)
    const place = (at - start) / DAY_MS + offset
    cells.push({ ...(known.get(day) ?? { day, changes: 0, rollbacks: 0 }), week: Math.floor(place / 7), weekday: place % 7 })
  }
  return cells
}

/** How many changes the darkest step of the scale stands for: a few are no busy day. */
export function heatTop(most: number): number {
  return Math.max(most, 5)
}

/** Step of the scale, 0 for none to 5 for as many as on the busiest day. */
export function heatLevel(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.ceil((count / heatTop(most)) * 5))
}

/** Weeks in which a month begins, with its name; the first week has one too, unless the next begins right after it. */
export function monthLabels(cells: readonly HeatCell[]): { week: number; label: string }[] {
  const month = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' })
  const labels = cells.flatMap(({ day, week, weekday }, index) => (index === 0 || day.endsWith('-01') ? [{ week: weekday === 0 || index === 0 ? week : week + 1, label: month.format(new Date(day)) }] : []))
  const [first, second] = labels
  return first && second && second.week - first.week < 3 ? labels.slice(1) : labels
}

function weekdayOf(at: number): number {
  return (new Date(at).getUTCDay() + 6) % 7
}
