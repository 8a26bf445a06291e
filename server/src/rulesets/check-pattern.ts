const MAX_LENGTH = 1000

/**
 * Why a pattern cannot be used with `matches`, or null. Patterns are the RE2 subset: matching takes linear time in every
 * language, so what needs backtracking (look-around, back-references) is refused when it is written.
 */
export function checkPattern(pattern: string): string | null {
  if (pattern.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters.`
  if (/(^|[^\\])(\\\\)*\(\?(=|!|<=|<!)/.test(pattern)) return 'look-around needs backtracking, which is not linear in time.'
  if (/(^|[^\\])(\\\\)*\\([1-9]|k<)/.test(pattern)) return 'a back-reference needs backtracking, which is not linear in time.'
  try {
    new RegExp(pattern, 'u')
    return null
  } catch (error) {
    return error instanceof Error ? `${error.message}.` : 'it is not a regular expression.'
  }
}
