const PLAIN: Record<string, unknown> = Object.prototype as never
const MOST_SITES = 8
const names: string[] = []

/**
 * The site of `readOwn` for a name, -1 once all are taken. An engine makes an access fast where it always meets the same
 * name: so the first names that are compiled get an access of their own each, as quick as `record.country`.
 */
export function siteOf(name: string): number {
  const known = names.indexOf(name)
  if (known !== -1 || names.length === MOST_SITES) return known
  return names.push(name) - 1
}

/**
 * A property of a record that inherits from nothing but `Object.prototype`; what it inherits even from there does not count.
 * `site` is `siteOf(name)`. Throws what a getter or a proxy throws.
 */
export function readOwn(record: Record<string, unknown>, name: string, site: number): unknown {
  switch (site) {
    case 0: { const value = record[name]; return PLAIN[name] === undefined ? value : asked(record, name, value) }
    case 1: { const value = record[name]; return PLAIN[name] === undefined ? value : asked(record, name, value) }
    case 2: { const value = record[name]; return PLAIN[name] === undefined ? value : asked(record, name, value) }
    case 3: { const value = record[name]; return PLAIN[name] === undefined ? value : asked(record, name, value) }
    case 4: { const value = record[name]; return PLAIN[name] === undefined ? value : asked(record, name, value) }
    case 5: { const value = record[name]; return PLAIN[name] === undefined ? value : asked(record, name, value) }
    case 6: { const value = record[name]; return PLAIN[name] === undefined ? value : asked(record, name, value) }
    case 7: { const value = record[name]; return PLAIN[name] === undefined ? value : asked(record, name, value) }
    default: return asked(record, name, record[name])
  }
}

function asked(record: object, name: string, value: unknown): unknown {
  return value === undefined || Object.hasOwn(record, name) ? value : undefined
}

/**
 * A record for `readOwn`: itself where it is a plain object, or inherits from nothing; of anything else, such as an instance
 * of a class, a copy of what is its own.
 */
export function ownRecord(record: Record<string, unknown>): Record<string, unknown> {
  try {
    // An engine that has just read a property knows the prototype; else it would have to be looked up.
    void record.targetingKey
    const prototype: unknown = Object.getPrototypeOf(record)
    return prototype === PLAIN || prototype === null ? record : copied(record)
  } catch {
    // A proxy that does not tell: what it throws when it is read makes that attribute unknown.
    return record
  }
}

function copied(record: Record<string, unknown>): Record<string, unknown> {
  return Object.create(null, Object.getOwnPropertyDescriptors(record)) as Record<string, unknown>
}
