import { AppError } from '../http/app-error.ts'
import type { FlagOrder, Place } from './flag-order.ts'

/** Where the next page goes on, as text of an address. It names the last flag that was shown, so what comes or goes before it moves nothing. */
export function writeCursor({ sort, direction }: FlagOrder, { value, key }: Place): string {
  return Buffer.from(JSON.stringify([sort, direction, value, key])).toString('base64url')
}

/** The place that a cursor names; throws `invalid_request` for a text that is none, or one of another order. */
export function readCursor(text: string, order: FlagOrder): Place {
  const read = parsed(text)
  if (!Array.isArray(read)) throw notACursor()
  const [sort, direction, value, key] = read as unknown[]
  if (sort !== order.sort || direction !== order.direction || typeof key !== 'string') throw notACursor()
  if (typeof value !== 'string' && typeof value !== 'number') throw notACursor()
  return { value, key }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

function notACursor(): AppError {
  const message = 'Use the nextCursor of the page before, with the same sort and order.'
  return new AppError('invalid_request', `cursor: ${message}`, { details: [{ path: 'cursor', message }] })
}
