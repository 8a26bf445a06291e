import { isKeyed } from './check-flag.ts'
import { compileCohorts, type Cohorts } from './cohorts.ts'
import type { CompileOptions } from './compile-options.ts'
import { compileFlag, failed, type CompiledFlag, type CompileParts } from './compile-flag.ts'
import { followable, type MayFollow } from './dependencies.ts'
import { compileHoldouts } from './holdouts.ts'
import type { Flag, Layer, Ruleset } from './ruleset.ts'
import { layersByKey } from './split.ts'

/** A ruleset ready for evaluation. Flags are compiled on first use; the ruleset must not be changed afterwards. */
export interface CompiledRuleset {
  readonly ruleset: Ruleset
  /** @internal What `evaluate`, `explain` and `exposures` share. */
  readonly parts: RulesetParts
}

export interface RulesetParts {
  options: CompileOptions
  /** Flags that were asked before, by key. */
  asked: ReadonlyMap<string, CompiledFlag>
  /** A flag, compiled on first use; undefined for an unknown key. */
  flag: (key: string) => CompiledFlag | undefined
  /** Whether a flag may ask a prerequisite. */
  mayAsk: MayFollow
  cohorts: Cohorts
  layers: ReadonlyMap<string, Layer>
}

/** Prepares a ruleset for evaluation. Cheap: each flag is compiled when it is first evaluated. Never throws. */
export function compileRuleset(ruleset: Ruleset, options: CompileOptions = {}): CompiledRuleset {
  const flags = new Map(listOf(ruleset, 'flags').filter(isKeyed).map((flag) => [flag.key, flag]))
  const compiled = new Map<string, CompiledFlag>()
  let mayFollow: MayFollow | undefined

  function mayAsk(from: string, to: string): boolean {
    mayFollow ??= followable(flags.keys(), (key) => prerequisitesOf(flags.get(key)))
    return mayFollow(from, to)
  }

  function flag(key: string): CompiledFlag | undefined {
    const known = compiled.get(key)
    if (known) return known
    const raw = flags.get(key)
    if (!raw) return undefined
    const made = compileSafely(raw, parts)
    compiled.set(key, made)
    return made
  }

  const cohorts = compileCohorts(listOf(ruleset, 'cohorts'), options.patterns)
  const layers = layersByKey(listOf(ruleset, 'layers'))
  const holdouts = compileHoldouts(listOf(ruleset, 'holdouts'))
  const parts: CompileParts = { options, cohorts, layers, holdouts, prerequisite: (from, to) => (mayAsk(from, to) ? flag(to) : undefined) }
  return { ruleset, parts: { options, asked: compiled, flag, mayAsk, cohorts, layers } }
}

/** A flag that cannot even be compiled fails alone. */
function compileSafely(flag: Flag, parts: CompileParts): CompiledFlag {
  try {
    return compileFlag(flag, parts)
  } catch {
    return failed(flag, ['form'])
  }
}

function listOf(ruleset: Ruleset, key: 'flags' | 'cohorts' | 'layers' | 'holdouts'): readonly unknown[] {
  const list: unknown = (ruleset as Partial<Ruleset> | null | undefined)?.[key]
  return Array.isArray(list) ? list : []
}

function prerequisitesOf(flag: Flag | undefined): string[] {
  const list: unknown = flag?.prerequisites
  return Array.isArray(list) ? list.flatMap((each: { flag?: unknown } | null) => (typeof each?.flag === 'string' ? [each.flag] : [])) : []
}
