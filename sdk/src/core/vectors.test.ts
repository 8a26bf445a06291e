import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bucketOf } from './bucket.ts'
import { compileRuleset } from './compile-ruleset.ts'
import { evaluate, evaluateTyped } from './evaluate.ts'
import { explain } from './explain.ts'
import type { ExplanationStep } from './explanation.ts'
import { exposures } from './exposure.ts'
import type { Context, Evaluation } from './evaluation.ts'
import type { Exposure } from './exposed.ts'
import type { FlagType, Ruleset, Split } from './ruleset.ts'
import { patterns } from './patterns.ts'
import { compileSplit } from './split.ts'

interface Bucketing {
  buckets: { salt: string; unit: string; bucket: number }[]
  splits: (Pick<Split, 'salt' | 'arms' | 'coverage'> & { units: Record<string, string | null> })[]
}

interface Case {
  name: string
  ruleset: Ruleset
  evaluations: { flag: string; type?: FlagType; context: Context; expected: Partial<Evaluation>; exposures?: Exposure[]; explanation?: string[] }[]
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../vectors/${name}`, import.meta.url), 'utf8')) as T
}

const { buckets, splits } = read<Bucketing>('bucketing.json')
const { cases } = read<{ cases: Case[] }>('evaluation.json')

test('every bucket is the one of the vectors', () => {
  expect(buckets.filter(({ salt, unit, bucket }) => bucketOf(salt, unit) !== bucket)).toEqual([])
})

test('S26 ten thousand units are in the buckets of the vectors', () => {
  const { series } = read<{ series: { salt: string; prefix: string; buckets: number[] }[] }>('ten-thousand-buckets.json')
  expect(series.flatMap((each) => each.buckets)).toHaveLength(10_000)
  for (const { salt, prefix, buckets: wanted } of series) expect(wanted.map((_, index) => bucketOf(salt, `${prefix}${index}`))).toEqual(wanted)
})

test('every split admits the units of the vectors at both sides of each border', () => {
  for (const { units, ...parts } of splits) {
    const pick = compileSplit({ unit: 'user', hash: 'murmur3', ...parts }, new Map(), {})
    expect(Object.fromEntries(Object.keys(units).map((unit) => [unit, parts.arms[pick(unit)]?.variant ?? null]))).toEqual(units)
  }
})

describe.each(cases)('$name', ({ ruleset, evaluations }) => {
  const compiled = compileRuleset(ruleset, { patterns })

  test.each(evaluations)('$flag as $type for $context', ({ flag, type, context, expected, exposures: wanted, explanation }) => {
    const evaluation = type === undefined ? evaluate(compiled, flag, context) : evaluateTyped(compiled, flag, type, context)
    const { errorMessage, ...rest } = evaluation
    expect(rest).toEqual({ flagKey: flag, ...expected })
    expect(errorMessage === undefined).toBe(expected.errorCode === undefined)
    if (wanted) expect(exposures(compiled, evaluation, context)).toEqual(wanted)
    if (explanation) expect(lines(explain(compiled, flag, context).steps)).toEqual(explanation)
  })
})

test('the vectors have an explanation of every reason and of every error that a ruleset can give', () => {
  const explained = new Set(cases.flatMap(({ evaluations }) => evaluations.flatMap(({ expected, explanation }) => (explanation ? [expected.errorCode ?? expected.reason] : []))))
  expect([...explained].sort()).toEqual(['DEFAULT', 'DISABLED', 'FLAG_NOT_FOUND', 'PARSE_ERROR', 'SPLIT', 'STATIC', 'TARGETING_KEY_MISSING', 'TARGETING_MATCH'])
})

function lines(steps: readonly ExplanationStep[], depth = 0): string[] {
  return steps.flatMap(({ text, outcome, steps: parts }) => [`${'  '.repeat(depth)}[${outcome}] ${text}`, ...lines(parts, depth + 1)])
}
