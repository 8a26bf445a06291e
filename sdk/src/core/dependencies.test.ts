import fc from 'fast-check'
import { expect, test } from 'vitest'
import { followable } from './dependencies.ts'

function follow(graph: Record<string, string[]>) {
  return followable(Object.keys(graph), (key) => graph[key] ?? [])
}

test('what exists may be asked, what does not may not', () => {
  const may = follow({ a: ['b', 'gone'], b: [] })
  expect([may('a', 'b'), may('a', 'gone'), may('a', 'a')]).toEqual([true, false, false])
})

test('no link within a circle may be followed, those into and out of it may', () => {
  const may = follow({ into: ['a'], a: ['b'], b: ['c', 'out'], c: ['a'], out: [], self: ['self', 'out'] })
  expect([['a', 'b'], ['b', 'c'], ['c', 'a'], ['self', 'self']].map(([from = '', to = '']) => may(from, to))).toEqual([false, false, false, false])
  expect([['into', 'a'], ['b', 'out'], ['self', 'out']].map(([from = '', to = '']) => may(from, to))).toEqual([true, true, true])
})

test('chains are followed 16 links deep', () => {
  const chain = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`n${index}`, index < 19 ? [`n${index + 1}`] : []]))
  const may = follow(chain)
  const followed = Object.keys(chain).slice(0, -1).map((key, index) => may(key, `n${index + 1}`))
  expect(followed).toEqual([false, false, false, ...Array.from({ length: 16 }, () => true)])
})

test('a chain of 100,000 does not overflow the stack', () => {
  const length = 100_000
  const may = followable(Array.from({ length }, (_, index) => String(index)), (key) => [String(Number(key) + 1)])
  expect([may('0', '1'), may(String(length - 2), String(length - 1))]).toEqual([false, true])
})

test('following what may be followed always ends, and the order of keys changes nothing', () => {
  const graph = fc.array(fc.array(fc.nat({ max: 7 }), { maxLength: 3 }), { minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(graph, (links) => {
      const named = (key: string) => (links[Number(key)] ?? []).map(String)
      const keys = links.map((_, index) => String(index))
      const [may, reversed] = [followable(keys, named), followable([...keys].reverse(), named)]
      const walk = (from: string, depth: number): number => Math.max(depth, ...named(from).filter((to) => may(from, to)).map((to) => walk(to, depth + 1)))
      for (const key of keys) {
        expect(walk(key, 0)).toBeLessThanOrEqual(8)
        for (const to of named(key)) expect(reversed(key, to)).toBe(may(key, to))
      }
    }),
    { numRuns: 1000 },
  )
})
