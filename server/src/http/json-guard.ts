import { AppError } from './app-error.ts'

/** Deeper documents would overflow the stack of code that walks them. */
export const MAX_DEPTH = 64

/**
 * Refuses JSON that is nested too deeply, or has a NUL character or half of a surrogate pair, which PostgreSQL cannot
 * store as JSON, before anything parses it. Events are another matter: what a product truncated in the middle of an
 * emoji must not cost a whole batch, so `anyText` looks at the nesting only, and `maxDepth` allows more of it. One pass over the bytes; whether the document is JSON at all is left to the parser.
 */
export function guardJson(body: Uint8Array, { anyText = false, maxDepth = MAX_DEPTH }: { anyText?: boolean; maxDepth?: number } = {}): void {
  let depth = 0
  let inString = false
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]
    if (inString) {
      if (byte === BACKSLASH) {
        if (!anyText && body[i + 1] === LETTER_U && body[i + 2] === ZERO && body[i + 3] === ZERO && body[i + 4] === ZERO && body[i + 5] === ZERO) {
          throw new AppError('invalid_request', 'A NUL character (\\u0000) is not allowed.')
        }
        const unit = escapedUnit(body, i)
        if (!anyText && (isLow(unit) || (isHigh(unit) && !isLow(escapedUnit(body, i + 6))))) throw new AppError('invalid_request', 'Half of a surrogate pair is not a character.')
        i += isHigh(unit) && !anyText ? 11 : 1
      } else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      depth += 1
      if (depth > maxDepth) throw new AppError('invalid_request', `The body is nested more than ${maxDepth} levels deep.`)
    } else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) depth -= 1
  }
}

const [QUOTE, BACKSLASH, LETTER_U, ZERO] = [0x22, 0x5c, 0x75, 0x30]
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]

/** The code unit of a `\uXXXX` escape that begins at `at`, or -1. */
function escapedUnit(body: Uint8Array, at: number): number {
  if (body[at] !== BACKSLASH || body[at + 1] !== LETTER_U) return -1
  const digits = String.fromCharCode(...body.subarray(at + 2, at + 6))
  return /^[0-9A-Fa-f]{4}$/.test(digits) ? Number.parseInt(digits, 16) : -1
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
