import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashes } from './compare-explanations.samples.ts'
import { compileRuleset } from './compile-ruleset.ts'
import { evaluate, evaluateTyped } from './evaluate.ts'
import { explain } from './explain.ts'
import { exposures } from './exposure.ts'
import { generatedContexts, generatedRulesets } from './generated.samples.ts'
import { patterns } from './patterns.ts'
import { aFlag, aRuleset, halves } from './ruleset.samples.ts'
import type { Condition, Flag } from './ruleset.ts'

const pattern: Condition = { attribute: 'email', op: 'matches', values: ['@company\\.com$'] }
const when = (condition: Condition): Partial<Flag> => ({ rules: [{ id: 'r', when: condition, serve: { variant: 'on' } }] })
const ruleset = aRuleset({
  flags: [
    aFlag('plain', when({ attribute: 'email', op: 'exists' })),
    aFlag('own', when({ any: [{ all: [] }, { not: { all: [pattern] } }] })),
    aFlag('late', { rules: [{ id: '1', serve: { variant: 'on' } }, { id: '2', when: pattern, serve: { variant: 'off' } }] }),
    aFlag('nested', when({ cohort: 'outer' })),
    aFlag('asks', { prerequisites: [{ flag: 'nested', variants: ['on', 'off'] }] }),
    aFlag('asks-further', { prerequisites: [{ flag: 'asks', variants: ['on', 'off'] }], fallthrough: halves('s', { experiment: 'e' }) }),
    aFlag('off', { ...when(pattern), enabled: false, offVariant: 'off' }),
    aFlag('asks-off', { prerequisites: [{ flag: 'off', variants: ['off'] }], fallthrough: { variant: 'on' } }),
    aFlag('circle', when({ cohort: 'round' })),
    aFlag('gone', when({ cohort: 'gone' })),
  ],
  cohorts: [{ key: 'outer', unit: 'user', when: { not: { cohort: 'inner' } } }, { key: 'inner', unit: 'company', when: pattern }, { key: 'round', unit: 'user', when: { cohort: 'square' } }, { key: 'square', unit: 'user', when: { cohort: 'round' } }],
})
const context = { targetingKey: 'u', email: 'jon@company.com' }
const needing = ['own', 'late', 'nested', 'asks', 'asks-further']

test('without the engine exactly the flags fail that could ask a pattern, and say what to do', () => {
  const [bare, whole] = [compileRuleset(ruleset), compileRuleset(ruleset, { patterns })]
  for (const { key } of ruleset.flags) {
    const evaluation = evaluate(bare, key, context)
    if (!needing.includes(key)) expect(evaluation, key).toEqual(evaluate(whole, key, context))
    else expect(evaluation).toEqual({ flagKey: key, reason: 'ERROR', errorCode: 'PARSE_ERROR', errorMessage: `The flag ${key} cannot be used: needs @assay/sdk/patterns.` })
    expect(evaluateTyped(bare, key, 'string', context).errorCode).toBe(needing.includes(key) ? 'PARSE_ERROR' : 'TYPE_MISMATCH')
    expect(explain(bare, key, context).evaluation).toEqual(evaluation)
    expect(exposures(bare, evaluation, context)).toEqual([])
  }
  expect(explain(bare, 'own', context).steps).toEqual([{ kind: 'flag', text: 'own cannot be used: it needs @assay/sdk/patterns, which has to be passed to compileRuleset.', outcome: 'false', steps: [] }])
})

test('a flag that says what it needs fails without it, though nothing of it looks like that', () => {
  const of = (needs: unknown, parts: Partial<Flag> = {}) => aRuleset({ flags: [aFlag('a', { ...parts, needs: needs as never })] })
  const code = (needs: unknown, options = {}, parts = {}) => evaluate(compileRuleset(of(needs, parts), options), 'a', {}).errorCode
  expect([code(['patterns']), code(['patterns'], { patterns }), code([]), code(null)]).toEqual(['PARSE_ERROR', undefined, undefined, undefined])
  for (const unheard of [['patterns', 'time'], ['constructor'], 'time', 7, {}, [null], [[['time']]]]) expect([code(unheard, { patterns }), code(unheard, {}, { enabled: false })]).toEqual(['PARSE_ERROR', undefined])
  expect(evaluate(compileRuleset(of(['time']), { patterns }), 'a', {}).errorMessage).toBe('The flag a cannot be used: needs @assay/sdk/time.')
})

test('without the engine a generated flag decides as with it, or fails', () => {
  const met = { same: 0, failed: 0 }
  fc.assert(fc.property(generatedRulesets, fc.array(generatedContexts, { minLength: 3, maxLength: 3 }), (generated, contexts) => {
    const [bare, whole] = [compileRuleset(generated, { hashes }), compileRuleset(generated, { hashes, patterns })]
    for (const context of contexts) {
      for (const { key } of generated.flags) {
        const [without, evaluation] = [evaluate(bare, key, context), evaluate(whole, key, context)]
        const failed = without.errorMessage?.includes('needs @assay/sdk/patterns') === true
        met[failed ? 'failed' : 'same']++
        if (!failed) expect(without).toEqual(evaluation)
        expect(explain(bare, key, context).evaluation).toEqual(without)
      }
    }
  }), { numRuns: 1000 })
  expect(Math.min(met.same, met.failed)).toBeGreaterThan(100)
})
