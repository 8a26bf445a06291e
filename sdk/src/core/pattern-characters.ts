/** A set of characters: ranges of code points, and Unicode properties such as `\p{Greek}`. */
export interface Characters {
  readonly ranges: readonly CodeRange[]
  /** In the form of JavaScript: `\p{L}` or `\P{L}`. */
  readonly properties: readonly string[]
  readonly isNegated: boolean
}

export type CodeRange = readonly [first: number, last: number]

/** Whether a code point is in the set. */
export type InSet = (point: number) => boolean

const LAST_POINT = 0x10ffff

export const DIGIT: readonly CodeRange[] = [[48, 57]]
export const WORD: readonly CodeRange[] = [[48, 57], [65, 90], [95, 95], [97, 122]]
/** RE2's `\s` has neither the vertical tab nor Unicode's spaces. */
export const SPACE: readonly CodeRange[] = [[9, 10], [12, 13], [32, 32]]

export function complement(ranges: readonly CodeRange[]): CodeRange[] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const outside: CodeRange[] = []
  let next = 0
  for (const [first, last] of sorted) {
    if (first > next) outside.push([next, first - 1])
    next = Math.max(next, last + 1)
  }
  if (next <= LAST_POINT) outside.push([next, LAST_POINT])
  return outside
}

/**
 * A test of one character. What a property contains and how case folds is Unicode's business, so the host's regular
 * expressions answer: of one character there is nothing to backtrack. ASCII is looked up.
 */
export function characterTest({ ranges, properties, isNegated }: Characters, ignoreCase: boolean): InSet {
  const [[only, last] = []] = ranges
  if (only !== undefined && only === last && ranges.length === 1 && properties.length === 0 && !isNegated && !ignoreCase) return (point) => point === only
  const items = [...ranges.map(([first, last]) => `${escaped(first)}-${escaped(last)}`), ...properties].join('')
  const one = new RegExp(`^[${isNegated ? '^' : ''}${items}]$`, ignoreCase ? 'iu' : 'u')
  const test = (point: number) => one.test(String.fromCodePoint(point))
  const ascii = Array.from({ length: 128 }, (_, point) => test(point))
  return (point) => (point < 128 ? ascii[point] === true : test(point))
}

function escaped(point: number): string {
  return `\\u{${point.toString(16)}}`
}
