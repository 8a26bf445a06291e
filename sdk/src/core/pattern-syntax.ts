import { DIGIT, SPACE, WORD, type Characters, type CodeRange } from './pattern-characters.ts'

/** What a pattern consists of. */
export type PatternNode =
  | { kind: 'characters'; characters: Characters; ignoreCase: boolean }
  | { kind: 'assertion'; at: Assertion }
  | { kind: 'sequence' | 'either'; parts: readonly PatternNode[] }
  | { kind: 'repeat'; part: PatternNode; least: number; most: number }

/** `edge` is between a word character and none, `inside` anywhere else. */
export type Assertion = 'text_start' | 'text_end' | 'line_start' | 'line_end' | 'edge' | 'inside'

export type ParsedPattern = { readonly ok: true; readonly node: PatternNode } | { readonly ok: false; readonly error: string }

interface Flags {
  /** `i` */
  ignoreCase: boolean
  /** `m`: `^` and `$` match at line ends too. */
  lines: boolean
  /** `s`: `.` matches a line feed too. */
  dotAll: boolean
}

const LONGEST_PATTERN = 1000
/** RE2's own bound. */
const MOST_REPEATS = 1000
const DEEPEST_GROUP = 100

class Refused extends Error {}

type CharacterSet = Omit<Characters, 'isNegated'>
const NOTHING: CharacterSet = { ranges: [], outside: [], properties: [] }

/**
 * Parses the part of RE2's syntax that this engine has: characters, classes, groups, alternatives, repeats, `^ $ \A \z \b \B`,
 * `\d \w \s`, `\p{...}` and the flags `i`, `m` and `s`. A refusal is a sentence about "it", the pattern.
 */
export function parsePattern(pattern: string, ignoreCase: boolean): ParsedPattern {
  if (pattern.length > LONGEST_PATTERN) return { ok: false, error: `it is longer than ${LONGEST_PATTERN} characters.` }
  try {
    return { ok: true, node: parse([...pattern], { ignoreCase, lines: false, dotAll: false }) }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.message }
    throw error
  }
}

function parse(text: readonly string[], initial: Flags): PatternNode {
  let at = 0
  let depth = 0
  let flags = initial
  const names = new Set<string>()

  const node = alternatives()
  if (at < text.length) throw new Refused('it closes a group that is not open.')
  return node

  function alternatives(): PatternNode {
    const before = flags
    const parts = [sequence()]
    while (text[at] === '|') {
      at++
      parts.push(sequence())
    }
    // Flags set within a group end with it.
    flags = before
    const [only] = parts
    return only && parts.length === 1 ? only : { kind: 'either', parts }
  }

  function sequence(): PatternNode {
    const parts: PatternNode[] = []
    while (at < text.length && text[at] !== '|' && text[at] !== ')') {
      const part = atom()
      if (part) parts.push(repeated(part))
    }
    return { kind: 'sequence', parts }
  }

  /** Nothing for what only sets flags. */
  function atom(): PatternNode | undefined {
    const char = text[at++] ?? ''
    switch (char) {
      case '(':
        return group()
      case '[':
        return { kind: 'characters', characters: characterClass(), ignoreCase: flags.ignoreCase }
      case '.':
        return characters({ ...NOTHING, ranges: flags.dotAll ? [] : [[10, 10]] }, true)
      case '^':
        return { kind: 'assertion', at: flags.lines ? 'line_start' : 'text_start' }
      case '$':
        return { kind: 'assertion', at: flags.lines ? 'line_end' : 'text_end' }
      case '*':
      case '+':
      case '?':
      case '{':
        at--
        if (repeatCounts()) throw new Refused(`it repeats nothing with ${char}.`)
        at++
        return literal(char)
      case '\\':
        return escape()
      default:
        return literal(char)
    }
  }

  function repeated(part: PatternNode): PatternNode {
    const counts = repeatCounts()
    if (!counts) return part
    // Whether a repeat takes as much or as little as it can does not change whether there is a match.
    if (text[at] === '?') at++
    if (text[at] === '+') throw new Refused('a possessive repeat is not part of RE2.')
    const [least, most] = counts
    const node: PatternNode = { kind: 'repeat', part, least, most }
    if (text[at] === '*' || text[at] === '?' || repeatCounts()) throw new Refused('it repeats a repeat: write a group around it.')
    return node
  }

  function repeatCounts(): [least: number, most: number] | undefined {
    const char = text[at]
    if (char === '*' || char === '+' || char === '?') {
      at++
      return char === '*' ? [0, Infinity] : char === '+' ? [1, Infinity] : [0, 1]
    }
    if (char !== '{') return undefined
    const match = /^\{(\d{1,9})(?:(,)(\d{0,9}))?\}/.exec(text.slice(at, at + 24).join(''))
    if (!match) return undefined
    at += match[0].length
    const least = Number(match[1])
    const most = match[2] === undefined ? least : match[3] === '' ? Infinity : Number(match[3])
    if (least > MOST_REPEATS || (most !== Infinity && most > MOST_REPEATS)) throw new Refused(`it repeats something more than ${MOST_REPEATS} times.`)
    if (least > most) throw new Refused(`its repeat ${match[0]} has the larger number first.`)
    return [least, most]
  }

  function group(): PatternNode | undefined {
    if (++depth > DEEPEST_GROUP) throw new Refused(`it nests groups deeper than ${DEEPEST_GROUP}.`)
    const before = flags
    if (text[at] === '?') {
      at++
      const isClosed = groupHead()
      if (isClosed) {
        depth--
        return undefined
      }
    }
    const inner = alternatives()
    if (text[at++] !== ')') throw new Refused('it opens a group that it does not close.')
    flags = before
    depth--
    return inner
  }

  /** What follows `(?`; true if that was all, as in `(?i)`. */
  function groupHead(): boolean {
    const rest = text.slice(at, at + 2).join('')
    if (rest.startsWith('=') || rest.startsWith('!') || rest === '<=' || rest === '<!') throw new Refused('look-around needs backtracking, which is not linear in time.')
    const name = /^P?(<\w+>)/.exec(text.slice(at).join(''))
    if (name) {
      const label = name[1] ?? ''
      if (names.has(label)) throw new Refused(`it has two groups named ${label}.`)
      names.add(label)
      at += name[0].length
      return false
    }
    const head = /^([ims]*)(?:-([ims]+))?([:)])/.exec(text.slice(at, at + 20).join(''))
    if (!head) throw new Refused('it has a group that starts with (? and is none of RE2.')
    const [all, on = '', off = '', end] = head
    if (end === ')' && all.length === 1) throw new Refused('it has an empty group of flags.')
    at += all.length
    flags = {
      ignoreCase: (flags.ignoreCase || on.includes('i')) && !off.includes('i'),
      lines: (flags.lines || on.includes('m')) && !off.includes('m'),
      dotAll: (flags.dotAll || on.includes('s')) && !off.includes('s'),
    }
    return end === ')'
  }

  function escape(): PatternNode {
    const char = text[at]
    const assertions: { readonly [char: string]: Assertion } = { A: 'text_start', z: 'text_end', b: 'edge', B: 'inside' }
    const assertion = char === undefined || !Object.hasOwn(assertions, char) ? undefined : assertions[char]
    if (assertion) {
      at++
      return { kind: 'assertion', at: assertion }
    }
    if (char !== undefined && /[1-9k]/.test(char)) throw new Refused('a back-reference needs backtracking, which is not linear in time.')
    return characters(escapedSet())
  }

  /** What an escape stands for, in a class or outside; `at` is behind the backslash. */
  function escapedSet(): CharacterSet {
    const char = text[at++]
    switch (char) {
      case undefined:
        throw new Refused('it ends with a backslash.')
      case 'd':
        return { ...NOTHING, ranges: DIGIT }
      case 'D':
        return { ...NOTHING, outside: [DIGIT] }
      case 'w':
        return { ...NOTHING, ranges: WORD }
      case 'W':
        return { ...NOTHING, outside: [WORD] }
      case 's':
        return { ...NOTHING, ranges: SPACE }
      case 'S':
        return { ...NOTHING, outside: [SPACE] }
      case 'p':
      case 'P':
        return { ...NOTHING, properties: [property(char)] }
      default: {
        const point = escapedPoint(char)
        return { ...NOTHING, ranges: [[point, point]] }
      }
    }
  }

  function escapedPoint(char: string): number {
    const control = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }[char]
    if (control !== undefined) return control
    if (char === 'x') return hexadecimal()
    // RE2 takes any punctuation; a letter or digit without a meaning is an error there too.
    if (/[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/.test(char)) return char.charCodeAt(0)
    throw new Refused(`RE2 has no escape \\${char}.`)
  }

  function hexadecimal(): number {
    const match = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(text.slice(at, at + 8).join(''))
    const point = parseInt(match?.[1] ?? match?.[2] ?? '', 16)
    if (!match || !(point <= 0x10ffff)) throw new Refused('its \\x is not followed by a character’s number, such as \\x41 or \\x{1F600}.')
    at += match[0].length
    return point
  }

  /** `\pL`, `\p{Greek}` or `\p{^Greek}`, in the form of JavaScript. */
  function property(letter: 'p' | 'P'): string {
    const match = /^(?:([A-Z])|\{(\^?)(\w+)\})/.exec(text.slice(at, at + 40).join(''))
    if (!match) throw new Refused(`its \\${letter} names no property, such as \\${letter}{L}.`)
    at += match[0].length
    const name = match[1] ?? match[3] ?? ''
    const outside = (letter === 'P') !== (match[2] === '^')
    const known = /^[A-Z][a-z]?$/.test(name) ? `General_Category=${name}` : `Script=${name}`
    if (!isProperty(known)) throw new Refused(`Unicode has no property ${name}.`)
    return `\\${outside ? 'P' : 'p'}{${known}}`
  }

  /** Up to the closing bracket; `at` is behind the opening one. */
  function characterClass(): Characters {
    const isNegated = text[at] === '^'
    if (isNegated) at++
    const ranges: CodeRange[] = []
    const outside: (readonly CodeRange[])[] = []
    const properties: string[] = []
    for (let isFirst = true; isFirst || text[at] !== ']'; isFirst = false) {
      if (at >= text.length) throw new Refused('it opens a class with [ that it does not close.')
      if (text[at] === '[' && text[at + 1] === ':') throw new Refused('named classes such as [:alpha:] are not supported: write the characters.')
      const item = classItem()
      const first = item.ranges[0]?.[0]
      const isRange = text[at] === '-' && text[at + 1] !== ']' && at + 1 < text.length
      if (!isRange) {
        ranges.push(...item.ranges)
        outside.push(...item.outside)
        properties.push(...item.properties)
        continue
      }
      at++
      const end = classItem()
      const last = end.ranges[0]?.[0]
      if (!item.isOne || !end.isOne || first === undefined || last === undefined || first > last) throw new Refused('it has a class with a range that goes from nowhere to nowhere.')
      ranges.push([first, last])
    }
    at++
    return { ranges, outside, properties, isNegated }
  }

  function classItem(): CharacterSet & { isOne: boolean } {
    const char = text[at++] ?? ''
    if (char !== '\\') {
      const point = char.codePointAt(0) ?? 0
      return { ...NOTHING, ranges: [[point, point]], isOne: true }
    }
    const set = escapedSet()
    return { ...set, isOne: set.properties.length + set.outside.length === 0 && set.ranges.length === 1 && set.ranges[0]?.[0] === set.ranges[0]?.[1] }
  }

  function literal(char: string): PatternNode {
    const point = char.codePointAt(0) ?? 0
    return characters({ ...NOTHING, ranges: [[point, point]] })
  }

  function characters(set: CharacterSet, isNegated = false): PatternNode {
    return { kind: 'characters', characters: { ...set, isNegated }, ignoreCase: flags.ignoreCase }
  }
}

function isProperty(name: string): boolean {
  try {
    return new RegExp(`\\p{${name}}`, 'u').unicode
  } catch {
    return false
  }
}
