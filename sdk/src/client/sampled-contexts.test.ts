import { expect, test } from 'vitest'
import { createSampledContexts } from './sampled-contexts.ts'

test('every evaluation has the same chance, early or late', () => {
  const hits = Array.from({ length: 10 }, () => 0)
  const sampled = createSampledContexts<number, number>(Math.random, (context) => context)
  const rounds = 2000
  for (let round = 0; round < rounds; round++) {
    for (let context = 0; context < 500; context++) sampled.note(context)
    const taken = sampled.take()
    expect([taken.length, new Set(taken).size]).toEqual([20, 20])
    for (const context of taken) hits[Math.floor(context / 50)] = (hits[Math.floor(context / 50)] ?? 0) + 1
  }
  // Pearson's chi-square with 9 degrees of freedom exceeds 50 by chance once in ten million runs.
  expect(hits.reduce((sum, found) => sum + (found - rounds * 2) ** 2 / (rounds * 2), 0)).toBeLessThan(50)
})

test('only what enters is looked at: a few of a hundred thousand', () => {
  let looks = 0
  const sampled = createSampledContexts<number, number>(Math.random, (context) => { looks++; return context })
  for (let context = 0; context < 100_000; context++) sampled.note(context)
  expect(looks).toBeLessThan(400)
})

test('a source of chance that is off its range harms nothing', () => {
  for (const chance of [0, 1, NaN, -1]) {
    const sampled = createSampledContexts<number, number>(() => chance, (context) => context)
    for (let context = 0; context < 10_000; context++) sampled.note(context)
    expect(sampled.take()).toHaveLength(20)
  }
})
