import { expect, test } from 'vitest'
import { compileRuleset } from './compile-ruleset.ts'
import { compareExplanations, hashes } from './compare-explanations.samples.ts'
import { explain } from './explain.ts'
import type { ExplanationStep } from './explanation.ts'
import { aFlag, aRuleset } from './ruleset.samples.ts'

test('explain decides and exposes as evaluate does, in 100,000 generated cases', () => {
  const { reasons, exposed } = compareExplanations(100_000)
  expect(reasons).toEqual(['DEFAULT', 'DISABLED', 'FLAG_NOT_FOUND', 'PARSE_ERROR', 'SPLIT', 'STATIC', 'TARGETING_KEY_MISSING', 'TARGETING_MATCH'])
  expect(exposed).toBeGreaterThan(1000)
})

test('a step names the rule it stands for', () => {
  const compiled = compileRuleset(aRuleset({ flags: [aFlag('a', { rules: [{ id: 'first', when: { all: [] }, serve: { variant: 'on' } }] })] }))
  expect(explain(compiled, 'a', {}).steps.find(({ kind }) => kind === 'rule')).toMatchObject({ ruleId: 'first', outcome: 'true', text: 'Rule 1 decides: it serves on.' })
})

test('an imported hash is explained by its steps', () => {
  const split = { unit: 'user', salt: '', hash: { kind: 'length', seed: '', steps: 10, admit: [[0, 5]] as [number, number][] }, arms: [{ variant: 'on', weight: 100_000 }], coverage: 100_000 }
  const ruleset = aRuleset({ flags: [aFlag('a', { fallthrough: split }), aFlag('b', { fallthrough: { ...split, hash: { ...split.hash, kind: 'gone' } } })] })
  const texts = (key: string, unit: string) => flat(explain(compileRuleset(ruleset, { hashes }), key, { targetingKey: unit }).steps).filter(({ kind }) => kind === 'split').map(({ text }) => text)
  expect(texts('a', 'abc')).toEqual(['abc is in bucket 30000: on has 0 to 100000.'])
  expect(texts('a', 'abcdef')).toEqual(['abcdef is at step 6 of 10, which is not admitted.'])
  expect(texts('b', 'abc')).toEqual(['The hash gone is not installed: the split admits nobody.'])
})

test('long lists and long values are cut in words', () => {
  const ruleset = aRuleset({ flags: [aFlag('a', { rules: [{ id: 'r', when: { attribute: 'x', op: 'in', values: ['1', '2', '3', '4', '5', '6', '7'] }, serve: { variant: 'on' } }] })] })
  const text = (x: unknown) => explain(compileRuleset(ruleset), 'a', { x }).steps[1]?.steps[0]?.text
  expect(text('a'.repeat(200))).toBe(`x is one of "1", "2", "3", "4", "5" and 2 more: it is "${'a'.repeat(76)}....`)
  expect(text(1n)).toBe('x is one of "1", "2", "3", "4", "5" and 2 more: it cannot be read.')
})

function flat(steps: readonly ExplanationStep[]): ExplanationStep[] {
  return steps.flatMap((step) => [step, ...flat(step.steps)])
}
