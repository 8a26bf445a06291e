const MAX_LENGTH = 1000
/** RE2's own bound. */
const MAX_REPEAT = 1000

/**
 * Why a pattern cannot be used with `matches`, or null. Patterns are the RE2 subset: matching takes linear time in every
 * language, so what needs backtracking (look-around, back-references) is refused when it is written.
 */
export function checkPattern(pattern: string): string | null {
  if (pattern.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters.`
  if (/(^|[^\\])(\\\\)*\(\?(=|!|<=|<!)/.test(pattern)) return 'look-around needs backtracking, which is not linear in time.'
  if (/(^|[^\\])(\\\\)*\\([1-9]|k<)/.test(pattern)) return 'a back-reference needs backtracking, which is not linear in time.'
  if (/(^|[^\\])(\\\\)*\\[uc]/.test(pattern)) return 'RE2 has no \\u and \\c escapes: write the character itself.'
  if ([...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].some(([, least, most]) => Number(least) > MAX_REPEAT || Number(most ?? 0) > MAX_REPEAT)) return `it repeats something more than ${MAX_REPEAT} times.`
  try {
    new RegExp(pattern, 'u')
    return null
  } catch (error) {
    return error instanceof Error ? `${error.message}.` : 'it is not a regular expression.'
  }
}
