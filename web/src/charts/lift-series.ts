/** The lift of one arm at the end of a day, with an interval that may be looked at every day. */
export interface LiftPoint {
  /** 1 for the first day. */
  day: number
  date: string
  n: number
  lift: number | null
  lower: number | null
  upper: number | null
}

export interface LiftSeries {
  arm: string
  /** Index of the series colour. */
  series: number
  points: LiftPoint[]
}

interface DailyLift {
  /** `2026-11-24`, UTC. */
  day: string
  arm: string
  n: number
  lift: number | null
  lower: number | null
  upper: number | null
}

const DAY_MS = 86_400_000

/** Days per arm, counted from the first day of all of them; arms in the order given, control left out of it. */
export function liftSeries(daily: readonly DailyLift[], treatments: readonly string[]): LiftSeries[] {
  const start = Math.min(...daily.map((row) => Date.parse(row.day)))
  return treatments.map((arm, index) => ({
    arm,
    series: index + 1,
    points: daily
      .filter((row) => row.arm === arm)
      .map(({ day, n, lift, lower, upper }) => ({ day: Math.round((Date.parse(day) - start) / DAY_MS) + 1, date: day, n, lift, lower, upper }))
      .sort((a, b) => a.day - b.day),
  }))
}

/** Newest point with an estimate. */
export function latest({ points }: LiftSeries): LiftPoint | undefined {
  return points.findLast((point) => point.lift !== null)
}

/** Days on which any arm has a point, in order. */
export function daysOf(series: readonly LiftSeries[]): number[] {
  return [...new Set(series.flatMap(({ points }) => points.map((point) => point.day)))].sort((a, b) => a - b)
}

/** Days on the axis: at least one beside the first, and the planned ones. */
export function dayDomain(series: readonly LiftSeries[], plannedDays: number | null): [number, number] {
  const last = Math.max(1, plannedDays ?? 0, ...daysOf(series))
  return last === 1 ? [0.5, 1.5] : [1, last]
}

/** Lifts on the axis: the newest intervals, zero and the target with room around them. The first days, when little was known, are cut. */
export function liftDomain(series: readonly LiftSeries[], target: number | null): [number, number] {
  const all = series.flatMap(({ points }) => points.flatMap(ends))
  const newest = series.flatMap((one) => { const point = latest(one); return point ? ends(point) : [] })
  const core = [0, ...(target === null ? [] : [target]), ...newest]
  const low = Math.min(...core)
  const high = Math.max(...core)
  const size = high - low
  if (size === 0) return [-0.01, 0.01]
  const room = size * 0.6
  const margin = size * 0.1
  return [Math.max(low - room, Math.min(low, ...all) - margin), Math.min(high + room, Math.max(high, ...all) + margin)]
}

function ends({ lift, lower, upper }: LiftPoint): number[] {
  return [lift, lower, upper].filter((end) => end !== null)
}
