import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketOf } from './bucket.ts'
import { compileRuleset } from './compile-ruleset.ts'
import { evaluate, evaluateTyped } from './evaluate.ts'
import { explain } from './explain.ts'
import { exposures } from './exposure.ts'
import { generatedContexts, generatedRulesets } from './generated.samples.ts'
import { aFlag, aRuleset, halves } from './ruleset.samples.ts'
import type { Flag, FlagType, Ruleset, Variant } from './ruleset.ts'

function decide(flags: Flag[], key: string, context: object, rest: Partial<Ruleset> = {}) {
  return evaluate(compileRuleset(aRuleset({ flags, ...rest })), key, { ...context })
}

const germany = { attribute: 'country', op: 'in' as const, values: ['DE'] }

test('the first rule whose condition is true and whose split admits the unit decides', () => {
  const flag = aFlag('a', { rules: [{ id: '1', when: germany, serve: halves('s', { coverage: 0 }) }, { id: '2', when: germany, serve: { variant: 'on' } }, { id: '3', serve: { variant: 'off' } }] })
  expect(decide([flag], 'a', { targetingKey: 'u', country: 'DE' })).toMatchObject({ ruleId: '2', variant: 'on', reason: 'TARGETING_MATCH' })
  expect(decide([flag], 'a', { targetingKey: 'u', country: 'FR' })).toMatchObject({ ruleId: '3', variant: 'off' })
})

test('a rule that lacks the unit is passed over; only a fallthrough split makes it an error', () => {
  const rules = [{ id: '1', serve: halves('s', { unit: 'company' }) }]
  expect(decide([aFlag('a', { rules })], 'a', { targetingKey: 'u' })).toMatchObject({ variant: 'off', reason: 'DEFAULT' })
  const failed = decide([aFlag('a', { rules, offVariant: 'off', fallthrough: halves('s', { unit: 'company' }) })], 'a', { targetingKey: 'u' })
  expect(failed).toMatchObject({ reason: 'ERROR', errorCode: 'TARGETING_KEY_MISSING', errorMessage: 'The flag a splits by company, and the context has no company.id.' })
  expect(failed.value).toBeUndefined()
})

test('a whole number and its text are the same unit', () => {
  const flag = aFlag('a', { fallthrough: halves('s') })
  fc.assert(fc.property(fc.integer(), (unit) => { expect(decide([flag], 'a', { targetingKey: unit })).toEqual(decide([flag], 'a', { targetingKey: String(unit) })) }), { numRuns: 500 })
})

test('a unit is any text that is not empty, whatever it is written in', () => {
  const flag = aFlag('a', { fallthrough: halves('s') })
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (unit) => {
      expect(decide([flag], 'a', { targetingKey: unit }).variant).toBe(bucketOf('s', unit) < 50_000 ? 'on' : 'off')
    }),
    { numRuns: 1000 },
  )
})

test.each([undefined, null, '', NaN, Infinity, -Infinity, {}, [], ['u'], 1n, Symbol('u'), () => 'u'])('%s is no unit', (unit) => {
  expect(decide([aFlag('a', { fallthrough: halves('s') })], 'a', { targetingKey: unit }).errorCode).toBe('TARGETING_KEY_MISSING')
})

test('each type is served to those who ask for it, and to nobody else', () => {
  const values: Record<FlagType, Variant['value']> = { boolean: true, string: 'a', integer: 1, float: 1.5, object: { a: null } }
  const types = Object.keys(values) as FlagType[]
  const compiled = compileRuleset(aRuleset({ flags: types.map((type) => aFlag(type, { type, variants: [{ key: 'v', value: values[type] }], fallthrough: { variant: 'v' } })) }))
  for (const type of types) {
    for (const wanted of types) {
      const evaluation = evaluateTyped(compiled, type, wanted, {})
      if (wanted === type) expect(evaluation).toEqual({ flagKey: type, variant: 'v', value: values[type], reason: 'STATIC' })
      else expect([evaluation.errorCode, evaluation.value]).toEqual(['TYPE_MISMATCH', undefined])
    }
  }
  expect(['integer', 'float', 'string'].map((key) => evaluateTyped(compiled, key, 'number', {}).errorCode)).toEqual([undefined, undefined, 'TYPE_MISMATCH'])
})

test.each<[string, Partial<Flag> | Record<string, unknown>]>([
  ['type', { type: 'number' }],
  ['enabled', { enabled: 'yes' }],
  ['it has no list of variants', { variants: {} }],
  ['a variant has no key', { variants: [{ value: true }] }],
  ['two variants', { variants: [{ key: 'on', value: true }, { key: 'on', value: false }] }],
  ['not of the type', { variants: [{ key: 'off', value: 'false' }] }],
  ['not of the type', { type: 'integer', variants: [{ key: 'off', value: 1.5 }] }],
  ['not of the type', { type: 'object', variants: [{ key: 'off', value: [] }] }],
  ['not of the type', { type: 'object', variants: [{ key: 'off', value: null }] }],
  ['off variant', { offVariant: 'gone' }],
  ['prerequisites', { prerequisites: [{ flag: 'b' }] }],
  ['no list of rules', { rules: undefined }],
  ['a rule has no id', { rules: [{ serve: { variant: 'on' } }] }],
  ['rule r serves nothing', { rules: [{ id: 'r' }] }],
  ['rule r serves gone', { rules: [{ id: 'r', serve: { variant: 'gone' } }] }],
  ['serves nothing', { fallthrough: undefined }],
  ['without a unit', { fallthrough: { ...halves('s'), salt: undefined } }],
  ['coverage', { fallthrough: halves('s', { coverage: 100_001 }) }],
  ['coverage', { fallthrough: halves('s', { coverage: 0.5 }) }],
  ['without arms', { fallthrough: { ...halves('s'), arms: null } }],
  ['its fallthrough has weights that sum to 99999, not 100,000', { fallthrough: halves('s', { arms: [{ variant: 'on', weight: 99_999 }] }) }],
  ['arm without a weight', { fallthrough: halves('s', { arms: [{ variant: 'on', weight: -1 }, { variant: 'off', weight: 100_001 }] }) }],
  ['no variant', { fallthrough: halves('s', { arms: [{ variant: 'gone', weight: 100_000 }] }) }],
  ['layer', { fallthrough: { ...halves('s'), layer: { key: 'l' } } }],
  ['hash', { fallthrough: { ...halves('s'), hash: 'md5' } }],
  ['hash', { fallthrough: { ...halves('s'), hash: { kind: 'x', seed: 's', steps: 0, admit: [] } } }],
  ['experiment', { fallthrough: { ...halves('s'), experiment: 1 } }],
  ['phase', { fallthrough: { ...halves('s'), experiment: 'e', phase: '1' } }],
])('a malformed flag fails alone: %s', (fault, parts) => {
  const ruleset = aRuleset({ flags: [{ ...aFlag('broken'), ...parts }, aFlag('sound', { prerequisites: [{ flag: 'broken', variants: ['on'] }], offVariant: 'on' }), aFlag('other')] })
  const compiled = compileRuleset(ruleset)
  const evaluation = evaluate(compiled, 'broken', { targetingKey: 'u' })
  expect(evaluation).toMatchObject({ reason: 'ERROR', errorCode: 'PARSE_ERROR' })
  expect(evaluation.errorMessage).toMatch(/^The flag broken cannot be used: .+\.$/)
  expect(explain(compiled, 'broken', {})).toMatchObject({ evaluation, steps: [{ text: expect.stringContaining(fault) as unknown, outcome: 'false' }] })
  expect(evaluate(compiled, 'sound', {})).toMatchObject({ variant: 'on', reason: 'STATIC' })
  expect(evaluate(compiled, 'other', {})).toMatchObject({ variant: 'off', reason: 'STATIC' })
})

test('equal outcomes are one frozen object, so nobody can change what the next one gets', () => {
  const flag = aFlag('a', { type: 'object', variants: [{ key: 'v', value: { list: [1] } }], fallthrough: { variant: 'v' } })
  const compiled = compileRuleset(aRuleset({ flags: [flag] }))
  const first = evaluate(compiled, 'a', { targetingKey: '1' })
  expect(evaluate(compiled, 'a', { targetingKey: '2' })).toBe(first)
  expect(() => { (first.value as { list: number[] }).list.push(2) }).toThrow(TypeError)
})

test('a rule marked as held out passes units of a holdout by, and nothing else does', () => {
  const holdouts = [{ key: 'h', unit: 'user', salt: 'h', from: 0, to: 50_000 }]
  const rules = [{ id: 'ship', heldOut: true as const, serve: { variant: 'on' } }]
  for (const unit of ['u1', 'u2', 'u3', 'u4', 'u5', 'u6']) {
    const held = bucketOf('h', unit) < 50_000
    expect(decide([aFlag('a', { rules })], 'a', { targetingKey: unit }, { holdouts }).variant).toBe(held ? 'off' : 'on')
    expect(decide([aFlag('a', { fallthrough: halves('s', { experiment: 'e' }) })], 'a', { targetingKey: unit }, { holdouts }).reason).toBe(held ? 'DISABLED' : 'SPLIT')
    expect(decide([aFlag('a', { fallthrough: halves('s') })], 'a', { targetingKey: unit }, { holdouts }).reason).toBe('SPLIT')
  }
})

test('ranges of layers and holdouts are half-open', () => {
  const at = bucketOf('s', 'u')
  const layers = [{ key: 'l', unit: 'user', salt: 's' }]
  for (const [from, to, isInside] of [[at, at + 1, true], [0, at, false], [at + 1, 100_000, false]] as const) {
    const layered = aFlag('a', { fallthrough: halves('t', { layer: { key: 'l', from, to } }) })
    expect(decide([layered], 'a', { targetingKey: 'u' }, { layers }).reason).toBe(isInside ? 'SPLIT' : 'DISABLED')
    const shipped = aFlag('a', { rules: [{ id: '1', heldOut: true, serve: { variant: 'on' } }] })
    expect(decide([shipped], 'a', { targetingKey: 'u' }, { holdouts: [{ key: 'h', unit: 'user', salt: 's', from, to }] }).variant).toBe(isInside ? 'off' : 'on')
  }
})

test('a flag that is copied or renamed, with other variants, keeps every unit in its bucket', () => {
  const original = aFlag('checkout', { fallthrough: halves('salt-of-checkout', { coverage: 60_000 }), offVariant: 'off' })
  const variants = [{ key: 'new', value: 'b' }, { key: 'old', value: 'a' }]
  const arms = [{ variant: 'new', weight: 50_000 }, { variant: 'old', weight: 50_000 }]
  const copy = aFlag('checkout-of-the-copy', { type: 'string', revision: 9, variants, fallthrough: halves('salt-of-checkout', { arms, coverage: 60_000 }), offVariant: 'old' })
  const compiled = compileRuleset(aRuleset({ flags: [original, copy] }))
  const renamed: Record<string, string> = { on: 'new', off: 'old' }
  for (let unit = 0; unit < 2000; unit++) {
    const [one, other] = ['checkout', 'checkout-of-the-copy'].map((key) => evaluate(compiled, key, { targetingKey: `user-${unit}` }))
    expect([other?.reason, other?.variant]).toEqual([one?.reason, renamed[one?.variant ?? '']])
  }
})

test('flags that need each other in a circle are off, wherever evaluation begins', () => {
  const needs = (key: string, flag: string) => aFlag(key, { prerequisites: [{ flag, variants: ['on', 'off'] }], fallthrough: { variant: 'on' }, offVariant: 'off' })
  const flags = [needs('a', 'b'), needs('b', 'c'), needs('c', 'a'), needs('itself', 'itself'), needs('outside', 'a')]
  expect(flags.map(({ key }) => decide(flags, key, {}).variant)).toEqual(['off', 'off', 'off', 'off', 'on'])
})

test('of flags or parts that are no such things only the others remain', () => {
  const odd = { ...aRuleset({ flags: [null, 1, { key: 1 }, aFlag('a')] as Flag[] }), cohorts: [null, { key: 'c' }], layers: 'x', holdouts: [{}] }
  const compiled = compileRuleset(odd as never)
  expect(evaluate(compiled, 'a', {}).variant).toBe('off')
  expect(evaluate(compileRuleset({} as never), 'a', {}).errorCode).toBe('FLAG_NOT_FOUND')
  expect(evaluate(compileRuleset(null as never), 'a', {}).errorCode).toBe('FLAG_NOT_FOUND')
})

test('nothing that a caller gives makes evaluation throw', () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true, withSparseArray: true, withTypedArray: true, withSet: true })
  const throwing = new Proxy({}, { get() { throw new Error('no') }, has() { throw new Error('no') }, getOwnPropertyDescriptor() { throw new Error('no') }, ownKeys() { throw new Error('no') } })
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  const polluting = JSON.parse('{"__proto__": {"country": "DE"}, "constructor": {"prototype": {"country": "DE"}}}') as object
  // Behind functions: fast-check looks into the values that it is given.
  const hidden = <T>(value: T) => () => value
  const contexts = fc.oneof(anything.map(hidden), generatedContexts.map(hidden), fc.constantFrom(...[throwing, revoked.proxy, polluting, new Proxy([], {}), () => 1, Symbol('x'), 1n, Object.create(null), { targetingKey: revoked.proxy, company: revoked.proxy, country: revoked.proxy }].map(hidden)))
  const keys = fc.oneof(anything.map(hidden), fc.constantFrom(...['f0', 'f1', 'f2', 'f3', '__proto__', 'constructor', throwing, revoked.proxy, { toString() { throw new Error('no') } }, Symbol('f0')].map(hidden)))
  fc.assert(
    fc.property(generatedRulesets, contexts, keys, (ruleset, giveContext, giveKey) => {
      const compiled = compileRuleset(ruleset)
      const [context, key] = [giveContext(), giveKey()]
      const evaluation = evaluate(compiled, key as string, context as never)
      expect(typeof evaluation.reason).toBe('string')
      expect(evaluateTyped(compiled, key as string, 'boolean', context as never).flagKey).toBe(evaluation.flagKey)
      expect(explain(compiled, key as string, context as never).evaluation).toEqual(evaluation)
      expect(Array.isArray(exposures(compiled, evaluation, context as never))).toBe(true)
    }),
    { numRuns: 5000 },
  )
  expect(({} as { country?: string }).country).toBeUndefined()
})

test('huge, deep and endless contexts are decided like any other', () => {
  const rules = [{ attribute: 'a', op: 'in' as const, values: ['x'] }, { attribute: 'a', op: 'matches' as const, values: ['(a+)+$'] }, { attribute: 'a.b.c', op: 'exists' as const }, { attribute: 'a', op: 'semver_gt' as const, values: ['1.0.0'] }, { attribute: 'a', op: 'cidr' as const, values: ['::/0'] }, { attribute: 'a', op: 'before' as const, values: [0] }]
  const flag = aFlag('a', { rules: rules.map((when, index) => ({ id: String(index), when, serve: { variant: 'on' } })), fallthrough: halves('s', { experiment: 'e' }) })
  const compiled = compileRuleset(aRuleset({ flags: [flag] }))
  const nested = (make: (inner: unknown) => unknown) => { let value: unknown = 'x'; for (let depth = 0; depth < 100_000; depth++) value = make(value); return value }
  const cycle: Record<string, unknown> = {}
  cycle.a = cycle
  const attributes = ['x'.repeat(1_000_000), '1.'.repeat(500_000), nested((inner) => ({ b: inner })), nested((inner) => [inner]), cycle, 1n, Symbol('x'), NaN, new Array(100_001).fill('y'), Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, index])), JSON.parse('{"__proto__": {"b": {"c": 1}}}')]
  for (const a of attributes) {
    for (const targetingKey of ['u', 'u'.repeat(1_000_000), 1n, Symbol('u'), a]) {
      const context = { targetingKey, a } as never
      const evaluation = evaluate(compiled, 'a', context)
      expect(['DEFAULT', 'SPLIT', 'TARGETING_MATCH', 'ERROR']).toContain(evaluation.reason)
      expect(exposures(compiled, evaluation, context).length).toBeLessThan(2)
      if (targetingKey === 'u') expect(explain(compiled, 'a', context).evaluation).toEqual(evaluation)
    }
  }
})

test('nothing that a ruleset holds makes evaluation throw', () => {
  const json = fc.json({ maxDepth: 4 })
  const part = fc.oneof(json.map((text) => JSON.parse(text) as unknown), fc.constantFrom<unknown>({ variant: 'on' }, halves('s'), { all: [] }, 'on', null))
  const flag = fc.record({ type: part, enabled: fc.oneof(fc.boolean(), part), variants: fc.oneof(fc.constant(aFlag('a').variants), part), offVariant: part, prerequisites: part, rules: fc.oneof(part, fc.array(fc.record({ id: part, when: part, serve: part }, { requiredKeys: [] }), { maxLength: 2 })), fallthrough: part }, { requiredKeys: [] })
  fc.assert(
    fc.property(fc.array(flag, { maxLength: 3 }), part, part, part, (flags, cohorts, layers, holdouts) => {
      const compiled = compileRuleset({ ...aRuleset(), flags: flags.map((parts, index) => ({ ...aFlag(`f${index}`), ...parts })), cohorts: [cohorts], layers: [layers], holdouts: [holdouts] } as never)
      for (const key of ['f0', 'f1', 'f2']) expect(explain(compiled, key, { targetingKey: 'u' }).evaluation).toEqual(evaluate(compiled, key, { targetingKey: 'u' }))
    }),
    { numRuns: 3000 },
  )
})
