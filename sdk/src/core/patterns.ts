/** The engine of `matches`, apart from the core because it weighs 3 kB and most rulesets have no pattern. */
import type { PatternEngine } from './compile-options.ts'
import { compilePattern } from './pattern.ts'

export type { CompiledPattern, PatternEngine } from './compile-options.ts'

/**
 * Patterns of RE2's syntax in time linear to the text.
 *
 * @example
 * const compiled = compileRuleset(ruleset, { patterns })
 */
export const patterns: PatternEngine = { compile: compilePattern }
