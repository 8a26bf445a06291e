import { checkRuleset, parseRuleset, type ParsedRuleset } from '../core/parse-ruleset.ts'

/** Below this, parsing takes no longer than a slice. */
const LARGE = 200_000
/** Characters that are searched or parsed in one go: about a millisecond. */
const SLICE = 100_000

const QUOTE = 34
const COMMA = 44
const BACKSLASH = 92
const OPEN = new Set([91, 123])
const CLOSE = new Set([93, 125])
const OPEN_LIST = 91

class Odd extends Error {}

/**
 * As `parseRuleset`, but of a large text the elements of its lists are parsed bit by bit, and `pause` is awaited between
 * slices, so that whoever shares the thread is not kept waiting.
 */
export async function parseInSlices(text: string, pause: () => Promise<void>): Promise<ParsedRuleset> {
  if (text.length < LARGE) return parseRuleset(text)
  try {
    return checkRuleset(await parsedInSlices(text, pause))
  } catch {
    // Whatever is odd about it, this tells.
    return parseRuleset(text)
  }
}

async function parsedInSlices(text: string, pause: () => Promise<void>): Promise<unknown> {
  /** The text without the elements of its lists, and these by the name of their list. */
  const rest: string[] = []
  const lists = new Map<string, unknown[]>()
  let restFrom = 0
  let depth = 0
  let name = ''
  let list: unknown[] | undefined
  /** Where the elements begin that are not parsed yet, and where the last whole one of them ends. */
  let from = 0
  let end = 0
  let worked = 0

  function parseWaiting(): void {
    const elements = JSON.parse(`[${text.slice(from, end)}]`) as unknown[]
    // After a comma something has to follow.
    if (elements.length === 0 && list?.length !== 0) throw new Odd()
    for (const element of elements) list?.push(element)
  }

  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      const start = at
      at = endOfString(text, at)
      if (depth === 1) name = text.slice(start, at + 1)
    } else if (OPEN.has(code)) {
      depth++
      if (depth === 2 && code === OPEN_LIST) {
        list = []
        lists.set(JSON.parse(name) as string, list)
        rest.push(text.slice(restFrom, at + 1))
        from = end = at + 1
      }
    } else if (CLOSE.has(code)) {
      depth--
      if (depth === 1 && list) {
        end = at
        parseWaiting()
        list = undefined
        restFrom = at
      }
    } else if (code === COMMA && depth === 2 && list) {
      end = at
      if (end - from >= SLICE) {
        parseWaiting()
        from = end + 1
        await pause()
      }
    }
    if (at - worked >= SLICE) {
      worked = at
      await pause()
    }
  }
  rest.push(text.slice(restFrom))
  const ruleset = JSON.parse(rest.join('')) as Record<string, unknown>
  for (const [key, elements] of lists) {
    if (!Object.hasOwn(ruleset, key) || !Array.isArray(ruleset[key])) throw new Odd()
    ruleset[key] = elements
  }
  return ruleset
}

/** The closing quote of the string that begins at a quote. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at
    while (text.charCodeAt(before - 1) === BACKSLASH) before--
    if ((at - before) % 2 === 0) return at
  }
  throw new Odd()
}
