/**
 * The one text of a JSON value (RFC 8785, JSON Canonicalization Scheme): members sorted by UTF-16 code units, numbers
 * and strings as ECMAScript writes them, no white space. Equal values have equal texts, so the text can be hashed.
 * As in `JSON.stringify`, members that are `undefined` are left out. Throws a `TypeError` for what JSON cannot say:
 * a number that is not finite, half of a surrogate pair, a function, a cycle.
 */
export function canonicalJson(value: unknown): string {
  return write(value, [])
}

function write(value: unknown, within: readonly object[]): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writeNumber(value)
  if (typeof value === 'string') return writeString(value)
  if (typeof value !== 'object') throw new TypeError(`${typeof value} is not a JSON value.`)
  if (within.includes(value)) throw new TypeError('A value that contains itself is not a JSON value.')
  const inside = [...within, value]
  if (Array.isArray(value)) return `[${value.map((item) => write(item, inside)).join(',')}]`
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  // Without a comparator strings sort by UTF-16 code units, which is what the RFC asks for.
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${writeString(name)}:${write(member, inside)}`).join(',')}}`
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON number.`)
  return JSON.stringify(value)
}

function writeString(value: string): string {
  // With the u flag a surrogate matches only where it stands alone.
  if (/\p{Surrogate}/u.test(value)) throw new TypeError('A string with half of a surrogate pair has no canonical form.')
  return JSON.stringify(value)
}
