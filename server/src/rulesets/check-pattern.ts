import { patterns } from '@assay/sdk/patterns'

/**
 * Why a pattern cannot be used with `matches`, or null. The engine's own parser decides: it takes the part of RE2 that matches
 * in linear time, so what needs backtracking (look-around, back-references) is refused when it is written.
 */
export function checkPattern(pattern: string): string | null {
  const compiled = patterns.compile(pattern)
  return compiled.ok ? null : compiled.error
}
