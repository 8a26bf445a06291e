import { AppError } from './app-error.ts'

/** Deeper documents would overflow the stack of code that walks them. */
export const MAX_DEPTH = 64

/**
 * Refuses JSON that is nested too deeply or has a NUL character, which PostgreSQL cannot store, before anything parses
 * it. One pass over the bytes; whether the document is JSON at all is left to the parser.
 */
export function guardJson(body: Uint8Array): void {
  let depth = 0
  let inString = false
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]
    if (inString) {
      if (byte === BACKSLASH) {
        if (body[i + 1] === LETTER_U && body[i + 2] === ZERO && body[i + 3] === ZERO && body[i + 4] === ZERO && body[i + 5] === ZERO) {
          throw new AppError('invalid_request', 'A NUL character (\\u0000) is not allowed.')
        }
        i += 1
      } else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      depth += 1
      if (depth > MAX_DEPTH) throw new AppError('invalid_request', `The body is nested more than ${MAX_DEPTH} levels deep.`)
    } else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) depth -= 1
  }
}

const [QUOTE, BACKSLASH, LETTER_U, ZERO] = [0x22, 0x5c, 0x75, 0x30]
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]
