import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findCycle } from './find-cycle.ts'

test.each<[string, Record<string, string[]>, string[] | null]>([
  ['nothing', {}, null],
  ['a chain', { a: ['b'], b: ['c'], c: [] }, null],
  ['a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, null],
  ['an edge to an unknown key', { a: ['x'] }, null],
  ['itself', { a: ['a'] }, ['a', 'a']],
  ['a circle behind a tail', { a: ['b'], b: ['c'], c: ['b'] }, ['b', 'c', 'b']],
])('%s', (_name, edges, expected) => {
  expect(findCycle(new Map(Object.entries(edges)))).toEqual(expected)
})

test('a chain of 200,000 does not exhaust the stack', () => {
  const edges = new Map(Array.from({ length: 200_000 }, (_, index) => [String(index), [String(index + 1)]]))
  expect(findCycle(edges)).toBeNull()
  edges.set('200000', ['0'])
  expect(findCycle(edges)).toHaveLength(200_002)
})

test('edges that only lead downwards never make a circle, and one back edge along a path does', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 80 }), (pairs) => {
    const edges = new Map<string, string[]>()
    for (const [a, b] of pairs) if (a !== b) edges.set(String(Math.max(a, b)), [...(edges.get(String(Math.max(a, b))) ?? []), String(Math.min(a, b))])
    expect(findCycle(edges)).toBeNull()
    const [first] = edges
    if (!first) return
    const [from, [to = '']] = first
    edges.set(to, [...(edges.get(to) ?? []), from])
    const cycle = findCycle(edges)
    expect(cycle).not.toBeNull()
    for (const [index, key] of (cycle ?? []).slice(0, -1).entries()) expect(edges.get(key)).toContain(cycle?.[index + 1])
  }))
})
