import { hasTexts, isRecord } from './attribute.ts'
import type { PatternEngine } from './compile-options.ts'
import { compileLeaf, type Test } from './leaf.ts'
import type { Leaf } from './ruleset.ts'
import { allOf, anyOf, not } from './truth.ts'

/** Deeper conditions are unknown. */
export const DEEPEST_CONDITION = 64

/** A condition by its form; `unknown` for one that this version cannot read. */
export type ReadCondition =
  | { kind: 'all' | 'any'; parts: readonly unknown[] }
  | { kind: 'not'; part: unknown }
  | { kind: 'cohort'; key: string }
  | { kind: 'leaf'; leaf: Leaf }
  | { kind: 'unknown' }

export function readCondition(condition: unknown, depth: number): ReadCondition {
  if (!isRecord(condition) || depth > DEEPEST_CONDITION) return { kind: 'unknown' }
  if (Array.isArray(condition.all)) return { kind: 'all', parts: condition.all }
  if (Array.isArray(condition.any)) return { kind: 'any', parts: condition.any }
  if ('not' in condition) return { kind: 'not', part: condition.not }
  if (hasTexts(condition, 'cohort')) return { kind: 'cohort', key: condition.cohort }
  if (hasTexts(condition, 'attribute', 'op')) return { kind: 'leaf', leaf: condition as unknown as Leaf }
  return { kind: 'unknown' }
}

/** What a condition may ask. */
export interface Askable {
  /** The test of a cohort, undefined for one that may not be asked. */
  test: (cohort: string) => Test | undefined
  patterns: PatternEngine | undefined
}

/** Turns a condition into a test; `depth` is how deep it is nested. */
export function compileCondition(condition: unknown, { test, patterns }: Askable, depth = 0): Test {
  return compileAt(condition, depth)

  function compileAt(raw: unknown, depth: number): Test {
    const read = readCondition(raw, depth)
    switch (read.kind) {
      case 'all':
      case 'any': {
        const tests = read.parts.map((part) => compileAt(part, depth + 1))
        const [only] = tests
        if (only && tests.length === 1) return only
        return read.kind === 'all' ? allOf(tests) : anyOf(tests)
      }
      case 'not': {
        const part = compileAt(read.part, depth + 1)
        return (context) => not(part(context))
      }
      case 'cohort':
        return test(read.key) ?? (() => undefined)
      case 'leaf':
        return compileLeaf(read.leaf, patterns)
      case 'unknown':
        return () => undefined
    }
  }
}

/** Leaves and cohorts of a condition, at any depth. */
export function endsOf(condition: unknown, depth = 0): (ReadCondition & { kind: 'leaf' | 'cohort' })[] {
  const read = readCondition(condition, depth)
  switch (read.kind) {
    case 'all':
    case 'any':
      return read.parts.flatMap((part) => endsOf(part, depth + 1))
    case 'not':
      return endsOf(read.part, depth + 1)
    case 'cohort':
    case 'leaf':
      return [read]
    case 'unknown':
      return []
  }
}
