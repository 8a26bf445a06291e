import { afterEach, expect, test } from 'vitest'
import { compileRuleset } from './compile-ruleset.ts'
import { evaluate } from './evaluate.ts'
import type { Context } from './evaluation.ts'
import { exposures } from './exposure.ts'
import { aFlag, aRuleset, halves } from './ruleset.samples.ts'
import type { Leaf } from './ruleset.ts'

const prototype = Object.prototype as unknown as Record<string, unknown>
afterEach(() => { for (const name of ['plan', 'seats', 'targetingKey', 'company']) delete prototype[name] })

const isPro: Leaf = { attribute: 'plan', op: 'in', values: ['pro'] }

/** Whether a rule with this leaf decides for a context. */
function decides(context: object, leaf: Partial<Leaf> = {}): boolean {
  const compiled = compileRuleset(aRuleset({ flags: [aFlag('a', { rules: [{ id: '1', when: { ...isPro, ...leaf }, serve: { variant: 'on' } }] })] }))
  return evaluate(compiled, 'a', context as Context).variant === 'on'
}

test('what pollutes the prototype of all objects is no attribute and no unit', () => {
  const flag = aFlag('b', { fallthrough: halves('s', { experiment: 'e' }) })
  const compiled = compileRuleset(aRuleset({ flags: [flag] }))
  expect(decides({ plan: 'pro' })).toBe(true)
  Object.assign(prototype, { plan: 'pro', seats: 5, targetingKey: 'u', company: { plan: 'pro' } })
  expect([decides({}), decides({ plan: 'free' }), decides({ plan: 'pro' })]).toEqual([false, false, true])
  expect(decides({}, { attribute: 'seats', op: 'gte', values: [1] })).toBe(false)
  expect(decides({}, { attribute: 'company.plan' })).toBe(false)
  expect(decides({ company: {} }, { attribute: 'company.plan' })).toBe(false)
  const evaluation = evaluate(compiled, 'b', {})
  expect(evaluation.errorCode).toBe('TARGETING_KEY_MISSING')
  expect(exposures(compiled, evaluation, {})).toEqual([])
})

test('an instance has what is its own, not what its class has', () => {
  class Visitor {
    plan = 'pro'
    get country() { return 'DE' }
  }
  expect([decides(new Visitor()), decides(new Visitor(), { attribute: 'country', values: ['DE'] })]).toEqual([true, false])
  expect([decides(Object.create({ plan: 'pro' }) as object), decides(Object.assign(Object.create({ plan: 'free' }) as object, { plan: 'pro' }))]).toEqual([false, true])
  expect(decides({ company: new Visitor() }, { attribute: 'company.plan' })).toBe(true)
})

test('an object that inherits nothing is read as any other', () => {
  expect(decides(Object.assign(Object.create(null) as object, { plan: 'pro' }))).toBe(true)
})

test('a getter is called when its attribute is asked for, and not before', () => {
  let calls = 0
  class Lazy {}
  for (const context of [{}, new Lazy()]) {
    Object.defineProperty(context, 'plan', { enumerable: true, get() { calls++; return 'pro' } })
    expect([decides(context, { attribute: 'seats', op: 'exists' }), calls]).toEqual([false, 0])
    expect([decides(context), calls > 0]).toEqual([true, true])
    calls = 0
  }
})

test('the names after the first few are read as these are', () => {
  for (let index = 0; index < 50; index++) {
    const attribute = `attribute-${index}`
    expect([decides({ [attribute]: 'pro' }, { attribute }), decides({}, { attribute }), decides(Object.create({ [attribute]: 'pro' }) as object, { attribute })]).toEqual([true, false, false])
  }
  expect(decides({}, { attribute: 'constructor', op: 'exists' })).toBe(false)
  expect(decides({ constructor: 'pro' }, { attribute: 'constructor' })).toBe(true)
})
