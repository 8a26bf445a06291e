const DAY_MS = 86_400_000

/** Wall-clock time in a place, `2027-03-31T09:00`. */
export function localTimeOf(instant: Date, timeZone: string): string {
  const parts = new Map(formatOf(timeZone).formatToParts(instant).map(({ type, value }) => [type, value]))
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}T${parts.get('hour')}:${parts.get('minute')}`
}

/**
 * The instant of a wall-clock time in a place; null where it is no time. As the server reads it: of a time that comes twice
 * the first, and a time that the clocks leave out by the clocks of before.
 */
export function instantOf(local: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return null
  const asUtc = Date.parse(`${local}:00Z`)
  if (Number.isNaN(asUtc)) return null
  const candidates = [-DAY_MS, DAY_MS].map((away) => new Date(asUtc - offsetMs(asUtc + away, timeZone)))
  return candidates.find((candidate) => localTimeOf(candidate, timeZone) === local) ?? candidates[0] ?? null
}

/** The place that this browser is in. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** `Berlin` for `Europe/Berlin`. */
export function placeOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')
}

/** How far a place is ahead of UTC at about a time. */
export function offsetMs(at: number, timeZone: string): number {
  return Date.parse(`${localTimeOf(new Date(at), timeZone)}:00Z`) - Math.floor(at / 60_000) * 60_000
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  formats.set(timeZone, made)
  return made
}
