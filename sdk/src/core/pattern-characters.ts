/** A set of characters: ranges of code points, and Unicode properties such as `\p{Greek}`. */
export interface Characters {
  readonly ranges: readonly CodeRange[]
  /** What is outside of any of these is in the set: `\D`, `\W` and `\S`. Case folds before they are turned round, so `(?i)\W` is no `k`, though the Kelvin sign folds to one. */
  readonly outside: readonly (readonly CodeRange[])[]
  /** In the form of JavaScript: `\p{L}` or `\P{L}`. */
  readonly properties: readonly string[]
  readonly isNegated: boolean
}

export type CodeRange = readonly [first: number, last: number]

/** Whether a code point is in the set. */
export type InSet = (point: number) => boolean

export const DIGIT: readonly CodeRange[] = [[48, 57]]
export const WORD: readonly CodeRange[] = [[48, 57], [65, 90], [95, 95], [97, 122]]
/** RE2's `\s` has neither the vertical tab nor Unicode's spaces. */
export const SPACE: readonly CodeRange[] = [[9, 10], [12, 13], [32, 32]]

/**
 * A test of one character. What a property contains and how case folds is Unicode's business, so the host's regular
 * expressions answer: of one character there is nothing to backtrack. ASCII is looked up.
 */
export function characterTest({ ranges, outside, properties, isNegated }: Characters, ignoreCase: boolean): InSet {
  const [[only, last] = []] = ranges
  if (only !== undefined && only === last && ranges.length === 1 && outside.length === 0 && properties.length === 0 && !isNegated && !ignoreCase) return (point) => point === only
  const classOf = (items: string) => new RegExp(`^[${items}]$`, ignoreCase ? 'iu' : 'u')
  const inside = classOf([...ranges.map(rangeText), ...properties].join(''))
  const others = outside.map((set) => classOf(set.map(rangeText).join('')))
  const test = (point: number) => {
    const char = String.fromCodePoint(point)
    return (inside.test(char) || others.some((other) => !other.test(char))) !== isNegated
  }
  const ascii = Array.from({ length: 128 }, (_, point) => test(point))
  return (point) => (point < 128 ? ascii[point] === true : test(point))
}

function rangeText([first, last]: CodeRange): string {
  return `${escaped(first)}-${escaped(last)}`
}

function escaped(point: number): string {
  return `\\u{${point.toString(16)}}`
}
