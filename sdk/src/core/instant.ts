const RFC_3339 = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d{1,30}))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i

/** Milliseconds since 1970 of an RFC 3339 text, a number that already is that, or a Date; undefined for anything else. */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'string') return parseText(value)
  if (!(value instanceof Date)) return undefined
  const at = value.getTime()
  return Number.isNaN(at) ? undefined : at
}

function parseText(text: string): number | undefined {
  const match = text.length > 64 ? null : RFC_3339.exec(text)
  if (!match) return undefined
  const [, date = '', hour, minute, second, fraction = '', sign, offsetHour = 0, offsetMinute = 0] = match
  const day = new Date(date)
  // A host may take the 30th of February for the 2nd of March.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date)) return undefined
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1)
  // Second 60 is a leap second.
  return day.getTime() + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
}
