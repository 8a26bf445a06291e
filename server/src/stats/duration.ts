import { finite, noAnswer, type Answer } from './answer.ts'

export interface ArrivalQuestion {
  /** Distinct units of the population by the end of each of the last days, cumulated: not daily visitors times days, most of whom come back. */
  distinctByDay: readonly number[]
  /** Units over all arms. */
  needed: number
  /** Share of the population that takes part. */
  coverage: number
  /** Days after the last unit until its value is final. */
  windowDays: number
  minDays: number
}

export interface Duration {
  /** Whole weeks, so that every weekday counts equally, with the metric's window. */
  days: number
  /** Days until the last unit is met. */
  daysToUnits: number
  /** The curve ends before: the days beyond it assume that new units keep coming as in its last week. */
  extrapolated: boolean
}

/** How long a plan takes, by the curve of distinct units. No answer where new units have stopped coming before there are enough. */
export function planDuration({ distinctByDay, needed, coverage, windowDays, minDays }: ArrivalQuestion): Answer<Duration> {
  const falling = distinctByDay.some((units, i) => !(units >= (distinctByDay[i - 1] ?? 0)))
  if (falling || !(needed >= 0 && coverage > 0 && coverage <= 1 && windowDays >= 0 && minDays >= 0)) return noAnswer('invalid_input')
  const last = distinctByDay.at(-1) ?? 0
  if (last === 0) return noAnswer('no_units')
  const population = needed / coverage
  const within = distinctByDay.findIndex((units) => units >= population)
  const extrapolated = within === -1
  const daysToUnits = extrapolated ? beyond(distinctByDay, population) : within + 1
  if (daysToUnits === null) return noAnswer('out_of_reach')
  return finite({ days: Math.ceil(Math.max(daysToUnits + windowDays, minDays) / 7) * 7, daysToUnits, extrapolated })
}

function beyond(distinctByDay: readonly number[], population: number): number | null {
  const days = distinctByDay.length
  const last = distinctByDay.at(-1) ?? 0
  const span = Math.min(7, days)
  const perDay = (last - (distinctByDay[days - 1 - span] ?? 0)) / span
  return perDay > 0 ? days + Math.ceil((population - last) / perDay) : null
}
