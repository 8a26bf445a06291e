import type { Json } from '@assay/sdk/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { knownAttributes } from './known-attributes.ts'

const seen = (...people: Record<string, Json>[]) => people.map((attributes, index) => ({ unit: `u${index}`, units: {}, attributes, at: 0 }))

test('attributes come by how many they are known of, with the values that are most frequent first', () => {
  expect(knownAttributes(seen({ country: 'DE', plan: 'pro' }, { country: 'FR', plan: 'pro' }, { country: 'DE' }, { country: 'FR' }, { country: 'DE' }))).toEqual([
    { path: 'country', share: 1, values: ['DE', 'FR'] },
    { path: 'plan', share: 0.4, values: ['pro'] },
  ])
})

test('a value that only one has is not shown: it may name them', () => {
  expect(knownAttributes(seen({ email: 'a@example.com' }, { email: 'b@example.com' }))).toEqual([{ path: 'email', share: 1, values: [] }])
})

test('nested attributes go by their dotted path, lists by what they hold, and numbers stay numbers', () => {
  expect(knownAttributes(seen({ company: { plan: 'pro', seats: 3 }, roles: ['admin', 'admin'] }, { 'company.plan': 'pro', company: { seats: 3 }, roles: ['admin', 'buyer'] }))).toEqual([
    { path: 'company.plan', share: 1, values: ['pro'] },
    { path: 'company.seats', share: 1, values: [3] },
    { path: 'roles', share: 1, values: ['admin'] },
  ])
})

test('null is not known, and what is nested too deep or too long is left out', () => {
  const deep = { a: { b: { c: { d: { e: { f: 1 } } } } } }
  expect(knownAttributes(seen({ country: null, ...deep, note: 'x'.repeat(101) }, { note: 'x'.repeat(101) }))).toEqual([{ path: 'note', share: 1, values: [] }])
  expect(knownAttributes([])).toEqual([])
})

test('whatever services send, shares are of one and answers stay short', () => {
  fc.assert(fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>), { maxLength: 30 }), (people) => {
    const known = knownAttributes(seen(...people))
    expect(known.every(({ share, values }) => share > 0 && share <= 1 && values.length <= 20)).toBe(true)
    expect(new Set(known.map(({ path }) => path)).size).toBe(known.length)
  }))
})
