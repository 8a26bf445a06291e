import { expect, test } from 'vitest'
import { compileLeaf } from './leaf.ts'
import { OPERATORS } from './operators.ts'
import { patterns } from './patterns.ts'
import type { Json, Leaf, Operator } from './ruleset.ts'

function truth(attribute: unknown, op: string, values?: Json[], rest: Partial<Leaf> = {}) {
  return compileLeaf({ attribute: 'x', op: op as Operator, ...(values ? { values } : {}), ...rest }, patterns)({ x: attribute })
}

/** Attributes of which each operator is true, false and unknown. */
const table: [op: Operator, values: Json[], yes: unknown[], no: unknown[], unknown: unknown[]][] = [
  ['in', ['a', 'b'], ['a', 'b', ['z', 'a']], ['c', '', 'A', ['z'], []], [1, true, {}, ['z', 1], new Date(0), 1n]],
  ['in', [1, 'a', true], [1, 'a', true, 1.0], [2, 'b', false], [NaN, {}, Symbol('x')]],
  ['in', [], [], ['a', 1], [{}]],
  ['in', [null, 'a'], ['a'], [], ['b', 1]],
  ['starts_with', ['ab', 'x'], ['abc', 'x', ['q', 'ab']], ['a', 'AB', 'cab', ''], [1, true, {}]],
  ['starts_with', [''], ['', 'a'], [], [1]],
  ['ends_with', ['bc'], ['abc'], ['ab', ''], [1]],
  ['contains', ['b', 'é'], ['abc', 'café'], ['xyz'], [12]],
  ['contains', ['a', 1], ['a'], [], ['b']],
  ['matches', ['^a+$', 'b'], ['aa', 'ab'], ['c', 'A'], [1]],
  ['matches', ['(?!a)', '^a'], ['ab'], [], ['b']],
  ['eq', [1, 2], [1, 2, [9, 2]], [3, 0, -1], ['1', NaN, Infinity, true, 1n]],
  ['eq', [0], [0, -0], [1], ['']],
  ['gt', [1], [1.5], [1, 0], ['2', null]],
  ['gte', [1], [1, 2], [0.99], ['1']],
  ['lt', [1], [0, -5], [1], ['0']],
  ['lte', [1], [1, 0], [1.01], ['1']],
  ['gt', [5, 1], [2], [1], []],
  ['before', ['2026-03-01T12:00:00Z'], ['2026-03-01T12:59:59+01:00', 0, new Date(0), '2026-03-01t11:59:59.999z'], ['2026-03-01T12:00:00Z', '2026-03-01T13:00:00.000001+01:00'], ['2026-03-01', 'yesterday', '2026-02-30T00:00:00Z', NaN, new Date(NaN), true]],
  ['after', [1000], [1001, '1970-01-01T00:00:02Z'], [1000, 0], ['1001']],
  ['semver_eq', ['1.2.3'], ['1.2.3', '1.2.3+other'], ['1.2.4', '1.2.3-rc.1'], ['1.2', 'v1.2.3', 1.2]],
  ['semver_gt', ['1.2.3'], ['1.2.10', '2.0.0-alpha'], ['1.2.3', '1.2.3-rc.1'], ['01.2.4']],
  ['semver_gte', ['1.2.3'], ['1.2.3', '1.3.0'], ['1.2.3-rc.1'], ['1']],
  ['semver_lt', ['1.2.3'], ['1.2.3-rc.1', '0.9.9'], ['1.2.3'], ['']],
  ['semver_lte', ['1.2.3'], ['1.2.3', '1.2.2'], ['1.2.4'], ['1.2.3.4']],
  ['cidr', ['10.0.0.0/8', '2001:db8::/32'], ['10.1.2.3', '2001:db8::1', '::ffff:10.9.9.9'], ['11.0.0.0', '2001:db9::', '::10.1.2.3'], ['10.0.0', 'localhost', 167772161]],
  ['cidr', ['10.0.0.0/8', 'nonsense'], ['10.1.2.3'], [], ['11.0.0.0']],
]

test.each(table)('%s of %j', (op, values, yes, no, unknown) => {
  expect(yes.map((attribute) => truth(attribute, op, values))).toEqual(yes.map(() => true))
  expect(no.map((attribute) => truth(attribute, op, values))).toEqual(no.map(() => false))
  expect(unknown.map((attribute) => truth(attribute, op, values))).toEqual(unknown.map(() => undefined))
})

test('every operator is in the table', () => {
  expect(OPERATORS.filter((op) => op !== 'exists' && !table.some(([tested]) => tested === op))).toEqual([])
})

test('negate turns true and false round, and leaves unknown unknown', () => {
  expect(['a', 'b', 1].map((attribute) => truth(attribute, 'in', ['a'], { negate: true }))).toEqual([false, true, undefined])
  expect(truth([], 'in', ['a'], { negate: true })).toBe(true)
  expect(truth(['a', 'b'], 'in', ['b'], { negate: true })).toBe(false)
})

test('ignoreCase holds for every operator that compares texts', () => {
  const cases: [Operator, Json[], string][] = [['in', ['ÄB'], 'äb'], ['starts_with', ['Ä'], 'äb'], ['ends_with', ['B'], 'äb'], ['contains', ['B'], 'abc'], ['matches', ['^A.C$'], 'abc']]
  for (const [op, values, attribute] of cases) expect([truth(attribute, op, values), truth(attribute, op, values, { ignoreCase: true })]).toEqual([false, true])
})

test('ifMissing makes a missing attribute true, also a negated one, and nothing else', () => {
  for (const missing of [undefined, null]) {
    expect(truth(missing, 'in', ['a'])).toBeUndefined()
    expect(truth(missing, 'in', ['a'], { negate: true })).toBeUndefined()
    expect(truth(missing, 'in', ['a'], { ifMissing: true })).toBe(true)
    expect(truth(missing, 'in', ['a'], { ifMissing: true, negate: true })).toBe(true)
  }
  expect([truth('b', 'in', ['a'], { ifMissing: true }), truth(1, 'in', ['a'], { ifMissing: true })]).toEqual([false, undefined])
})

test('exists is never unknown', () => {
  const cases: [unknown, boolean][] = [[undefined, false], [null, false], [false, true], ['', true], [0, true], [[], true], [NaN, true]]
  for (const [attribute, exists] of cases) expect([truth(attribute, 'exists'), truth(attribute, 'exists', undefined, { negate: true })]).toEqual([exists, !exists])
  expect(truth(undefined, 'exists', undefined, { ifMissing: true })).toBe(true)
  expect(compileLeaf({ attribute: 'x', op: 'exists' })({ get x() { throw new Error('no') } })).toBe(false)
})

test('an operator or values that this version does not know are unknown', () => {
  expect(truth('a', 'sounds_like', ['a'])).toBeUndefined()
  expect(truth('a', 'constructor', ['a'])).toBeUndefined()
  expect(compileLeaf({ attribute: 'x', op: 'in', values: 'a' as never })({ x: 'a' })).toBeUndefined()
})

test.each<[string, object]>([
  ['an unknown operator', { op: 'sounds_like', values: ['x'] }],
  ['values that are no list', { op: 'in', values: 'x' }],
  ['a pattern that is none', { op: 'matches', values: ['('] }],
  ['one value that cannot be read', { op: 'gt', values: [1, '2'] }],
  ['a member that can be in no list', { op: 'in', values: ['a', null] }],
])('%s is unknown also of an empty list, negated or not', (_, unusable) => {
  const of = (tags: unknown, rest: Partial<Leaf> = {}) => compileLeaf({ attribute: 'tags', ...unusable, ...rest } as Leaf, patterns)({ tags })
  expect([of([]), of([], { negate: true }), of([], { negate: true, ifMissing: true })]).toEqual([undefined, undefined, undefined])
  expect(of(undefined, { negate: true, ifMissing: true })).toBe(true)
})

test('a dotted path is an own key first, then a walk over own properties', () => {
  const read = (context: object, attribute = 'company.plan') => compileLeaf({ attribute, op: 'in', values: ['pro'] })({ ...context })
  expect(read({ company: { plan: 'pro' } })).toBe(true)
  expect(read({ 'company.plan': 'pro', company: { plan: 'free' } })).toBe(true)
  expect(read({ 'company.plan': undefined, company: { plan: 'pro' } })).toBeUndefined()
  expect(read({ company: Object.create({ plan: 'pro' }) as object })).toBeUndefined()
  expect(read({ company: 'pro' })).toBeUndefined()
  expect(read({ company: null })).toBeUndefined()
  expect(read({ a: ['pro'] }, 'a.0')).toBe(true)
  expect(compileLeaf({ attribute: 'constructor.name', op: 'exists' })({})).toBe(false)
  expect(compileLeaf({ attribute: '__proto__', op: 'exists' })({})).toBe(false)
})

test('an attribute that throws when it is read is unknown, even if missing ones pass', () => {
  const hostile = { get x(): string { throw new Error('no') } }
  expect(compileLeaf({ attribute: 'x', op: 'in', values: ['a'], ifMissing: true })(hostile)).toBeUndefined()
  expect(compileLeaf({ attribute: 'x.y', op: 'in', values: ['a'] })({ x: new Proxy({}, { getOwnPropertyDescriptor() { throw new Error('no') } }) })).toBeUndefined()
})

test('an endless list is not searched', () => {
  expect(truth(new Array(100_001).fill('a'), 'in', ['a'])).toBeUndefined()
})
