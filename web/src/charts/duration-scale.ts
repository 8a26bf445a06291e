const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Lengths that people know. */
const LADDER = [
  { ms: SECOND, label: '1 s' }, { ms: 10 * SECOND, label: '10 s' }, { ms: MINUTE, label: '1 min' }, { ms: 5 * MINUTE, label: '5 min' }, { ms: 20 * MINUTE, label: '20 min' },
  { ms: HOUR, label: '1 h' }, { ms: 4 * HOUR, label: '4 h' }, { ms: DAY, label: '1 day' }, { ms: 3 * DAY, label: '3 days' }, { ms: 10 * DAY, label: '10 days' }, { ms: 30 * DAY, label: '30 days' }, { ms: 100 * DAY, label: '100 days' }, { ms: 365 * DAY, label: '1 year' },
] as const

export interface DurationTick {
  ms: number
  label: string
}

/** The part of a logarithmic axis that holds all lengths, from one known length to another, with those between. */
export function durationTicks(lengths: readonly number[]): DurationTick[] {
  const shortest = Math.min(...lengths)
  const longest = Math.max(...lengths)
  const from = Math.max(0, LADDER.findLastIndex(({ ms }) => ms <= shortest))
  const to = LADDER.findIndex(({ ms }) => ms >= longest)
  return LADDER.slice(from, Math.max(from + 2, to === -1 ? LADDER.length : to + 1))
}
