import { randomUUID } from 'node:crypto'

/** A UUIDv7 (RFC 9562): sorts by the time it was made, in milliseconds since 1970. */
export function uuidv7(nowMs: number): string {
  const time = Math.max(0, Math.floor(nowMs)).toString(16).padStart(12, '0').slice(-12)
  // The random part and the variant of a version 4 UUID are those of version 7.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
