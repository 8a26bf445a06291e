import { expect, test, vi } from 'vitest'
import { bucketOf } from './bucket.ts'
import { compileRuleset } from './compile-ruleset.ts'
import { evaluate } from './evaluate.ts'
import type { Context } from './evaluation.ts'
import { exposures } from './exposure.ts'
import { aFlag, aRuleset, halves } from './ruleset.samples.ts'
import type { Flag, Ruleset } from './ruleset.ts'

function exposed(flags: Flag[], key: string, context: object, rest: Partial<Ruleset> = {}) {
  const compiled = compileRuleset(aRuleset({ flags, ...rest }))
  return exposures(compiled, evaluate(compiled, key, context as Context), context as Context)
}

const tested = aFlag('tested', { revision: 4, fallthrough: halves('s', { experiment: 'exp-1', phase: 2 }) })

test('an exposure names flag, revision, experiment, phase, unit and variant', () => {
  const variant = bucketOf('s', 'u') < 50_000 ? 'on' : 'off'
  expect(exposed([tested], 'tested', { targetingKey: 'u', country: 'DE' })).toEqual([{ flag: 'tested', revision: 4, experiment: 'exp-1', phase: 2, unitType: 'user', unit: 'u', variant, attributes: { country: 'DE' } }])
})

test('what decides without an experiment exposes nothing', () => {
  expect(exposed([aFlag('a', { fallthrough: halves('s') })], 'a', { targetingKey: 'u' })).toEqual([])
  expect(exposed([aFlag('a', { rules: [{ id: 'qa', serve: { variant: 'on' } }], fallthrough: halves('s', { experiment: 'e' }) })], 'a', { targetingKey: 'u' })).toEqual([])
  expect(exposed([{ ...tested, enabled: false, offVariant: 'on' }], 'tested', { targetingKey: 'u' })).toEqual([])
  expect(exposed([tested], 'tested', {})).toEqual([])
  expect(exposed([tested], 'gone', { targetingKey: 'u' })).toEqual([])
})

test('experiments met while prerequisites are checked are exposed, also where the flag then is off or fails', () => {
  const needs = (variants: string[], parts: Partial<Flag> = {}) => aFlag('needs', { prerequisites: [{ flag: 'tested', variants }], fallthrough: { variant: 'on' }, ...parts })
  const met = (flag: Flag) => exposed([flag, tested], 'needs', { targetingKey: 'u' }).map(({ flag: key, experiment }) => [key, experiment])
  expect(met(needs(['on', 'off']))).toEqual([['tested', 'exp-1']])
  expect(met(needs([]))).toEqual([['tested', 'exp-1']])
  expect(met(needs(['on', 'off'], { fallthrough: halves('s', { unit: 'company' }) }))).toEqual([['tested', 'exp-1']])
})

test('held and other units are exposed to the holdout where it decides, and nowhere else', () => {
  const holdouts = [{ key: 'year', unit: 'user', salt: 'h', from: 0, to: 50_000 }]
  const shipped = aFlag('shipped', { rules: [{ id: '1', when: { attribute: 'x', op: 'exists' }, heldOut: true, serve: { variant: 'on' } }] })
  for (const unit of ['u1', 'u2', 'u3', 'u4', 'u5']) {
    const held = bucketOf('h', unit) < 50_000
    const met = (key: string, context: object = {}) => exposed([tested, shipped, aFlag('plain', { fallthrough: halves('s') })], key, { targetingKey: unit, ...context }, { holdouts }).map(({ experiment, variant }) => [experiment, variant])
    const holdout = ['holdout:year', held ? 'held' : 'open']
    expect(met('tested')).toEqual(held ? [holdout] : [holdout, ['exp-1', bucketOf('s', unit) < 50_000 ? 'on' : 'off']])
    expect(met('shipped', { x: 1 })).toEqual([holdout])
    expect(met('shipped')).toEqual([])
    expect(met('plain')).toEqual([])
  }
})

test('a holdout met twice on one way is one exposure', () => {
  const holdouts = [{ key: 'year', unit: 'user', salt: 'h', from: 0, to: 100_000 }]
  const flag = aFlag('a', { rules: [{ id: '1', heldOut: true, serve: { variant: 'on' } }, { id: '2', heldOut: true, serve: { variant: 'on' } }] })
  expect(exposed([flag], 'a', { targetingKey: 'u' }, { holdouts })).toHaveLength(1)
})

test('attributes are scalars by dotted path, within bounds', () => {
  const attributesOf = (context: object) => exposed([tested], 'tested', Object.defineProperty(context, 'targetingKey', { value: 'u' }))[0]?.attributes
  expect(attributesOf({ a: 'x', b: 1, c: false, d: null, e: NaN, f: [1], g: 1n, company: { plan: 'pro', address: { country: { code: 'DE', deep: { er: 1 } } } } })).toEqual({ a: 'x', b: 1, c: false, 'company.plan': 'pro', 'company.address.country.code': 'DE' })
  expect(attributesOf({ long: 'x'.repeat(1001), short: 'x'.repeat(1000), ['n'.repeat(201)]: 1 })).toEqual({ short: 'x'.repeat(1000) })
  expect(Object.keys(attributesOf(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`a${index}`, index]))) ?? {})).toHaveLength(100)
  expect(attributesOf({ get thrown() { throw new Error('no') }, kept: 1 })).toEqual({ kept: 1 })
  const cycle: Record<string, unknown> = { kept: 1 }
  cycle.self = cycle
  expect(attributesOf(cycle)).toMatchObject({ kept: 1, 'self.kept': 1 })
  const named = attributesOf(JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as object)
  expect([Object.getPrototypeOf(named), ({} as { polluted?: boolean }).polluted]).toEqual([Object.getPrototypeOf(named), undefined])
})

test('a repeat is refused before its attributes are gathered', () => {
  const read = vi.fn(() => 1)
  const compiled = compileRuleset(aRuleset({ flags: [tested] }))
  const context = { targetingKey: 'u', get costly() { return read() } }
  const evaluation = evaluate(compiled, 'tested', context)
  expect(exposures(compiled, evaluation, context, () => false)).toEqual([])
  expect(read).not.toHaveBeenCalled()
  expect(exposures(compiled, evaluation, context)).toHaveLength(1)
  expect(read).toHaveBeenCalledTimes(1)
})
