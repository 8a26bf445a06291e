import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BUCKETS, bucketOf } from './bucket.ts'
import type { Arm, Layer } from './ruleset.ts'
import { halves } from './ruleset.samples.ts'
import { compileSplit } from './split.ts'

const NO_LAYERS = new Map<string, Layer>()
const weights = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 6 }).filter((list) => list.some((weight) => weight > 0)).map(armsOf)
const units = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`)

/** Weights in proportion to the given ones, summing to 100,000. */
function armsOf(list: readonly number[]): Arm[] {
  const total = list.reduce((sum, weight) => sum + weight, 0)
  const ends = list.map((_, index) => Math.round((list.slice(0, index + 1).reduce((sum, weight) => sum + weight, 0) * BUCKETS) / total))
  return ends.map((end, index) => ({ variant: `v${index}`, weight: end - (ends[index - 1] ?? 0) }))
}

/** Within six standard deviations of a binomial share: one run in 500 million fails by chance. */
function expectShare(hits: number, of: number, share: number): void {
  expect(Math.abs(hits - of * share)).toBeLessThanOrEqual(6 * Math.sqrt(of * share * (1 - share)) + 1e-9)
}

test('widening the coverage never moves anybody, and narrowing it only lets go', () => {
  fc.assert(
    fc.property(weights, fc.nat({ max: BUCKETS }), fc.nat({ max: BUCKETS }), fc.array(fc.string({ minLength: 1 }), { minLength: 20, maxLength: 20 }), (arms, one, other, keys) => {
      const [narrow, wide] = [Math.min(one, other), Math.max(one, other)].map((coverage) => compileSplit(halves('s', { arms, coverage }), NO_LAYERS, {}))
      for (const key of keys) expect([-1, wide?.(key)]).toContain(narrow?.(key))
    }),
    { numRuns: 1000 },
  )
})

test('at full coverage every unit has an arm, at none nobody has', () => {
  fc.assert(
    fc.property(weights, fc.string({ minLength: 1 }), (arms, unit) => {
      const arm = arms[compileSplit(halves('s', { arms }), NO_LAYERS, {})(unit)]
      expect(arm?.weight).toBeGreaterThan(0)
      expect(compileSplit(halves('s', { arms, coverage: 0 }), NO_LAYERS, {})(unit)).toBe(-1)
    }),
    { numRuns: 1000 },
  )
})

test('arms get the shares of their weights and of the coverage', () => {
  const arms = armsOf([1, 9, 30, 60])
  for (const coverage of [100_000, 20_000]) {
    const pick = compileSplit(halves('shares', { arms, coverage }), NO_LAYERS, {})
    const found = arms.map(() => 0)
    for (const unit of units(200_000)) {
      const index = pick(unit)
      if (index >= 0) found[index] = (found[index] ?? 0) + 1
    }
    for (const [index, { weight }] of arms.entries()) expectShare(found[index] ?? 0, 200_000, (weight / BUCKETS) * (coverage / BUCKETS))
  }
})

test('two salts decide independently of each other', () => {
  const [one, other] = [compileSplit(halves('salt-1'), NO_LAYERS, {}), compileSplit(halves('salt-2'), NO_LAYERS, {})]
  const both = units(100_000).filter((unit) => one(unit) === 0 && other(unit) === 0).length
  expectShare(both, 100_000, 0.25)
})

test.each([['salt-1', 'salt-2'], ['checkout', 'checkout.1'], ['a', 'b'], ['größe', 'grösse']])('tenths of the salts %s and %s meet each other equally often', (one, other) => {
  const cells = Array.from({ length: 100 }, () => 0)
  for (const unit of units(100_000)) {
    const cell = Math.floor(bucketOf(one, unit) / 10_000) * 10 + Math.floor(bucketOf(other, unit) / 10_000)
    cells[cell] = (cells[cell] ?? 0) + 1
  }
  // Pearson's chi-square with 99 degrees of freedom exceeds 180 by chance once in a million runs.
  expect(cells.reduce((sum, found) => sum + (found - 1000) ** 2 / 1000, 0)).toBeLessThan(180)
})

test('buckets are spread evenly and are whole numbers from 0 to 99,999', () => {
  const tenths = Array.from({ length: 10 }, () => 0)
  for (const unit of units(100_000)) {
    const bucket = bucketOf('even', unit)
    expect(Number.isInteger(bucket) && bucket >= 0 && bucket < BUCKETS).toBe(true)
    const tenth = Math.floor(bucket / 10_000)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  for (const count of tenths) expectShare(count, 100_000, 0.1)
})

test('when the last arm alone shrinks at full coverage, units move in one direction only', () => {
  const before = compileSplit(halves('guarded', { arms: [{ variant: 'new', weight: 10_000 }, { variant: 'old', weight: 90_000 }] }), NO_LAYERS, {})
  const after = compileSplit(halves('guarded', { arms: [{ variant: 'new', weight: 25_000 }, { variant: 'old', weight: 75_000 }] }), NO_LAYERS, {})
  const moved = units(20_000).filter((unit) => before(unit) !== after(unit))
  expect(moved.length).toBeGreaterThan(0)
  expect(moved.filter((unit) => after(unit) !== 0)).toEqual([])
})

test('splits of one layer with ranges apart never share a unit, and the layer does not disturb the arms', () => {
  const layers = new Map([['checkout', { key: 'checkout', unit: 'user', salt: 'layer' }]])
  const [first, second] = [[0, 30_000], [30_000, 60_000]].map(([from = 0, to = 0], index) => compileSplit(halves(`in-layer-${index}`, { layer: { key: 'checkout', from, to } }), layers, {}))
  const admitted = [0, 0, 0]
  for (const unit of units(100_000)) {
    const arms = [first?.(unit), second?.(unit)].filter((arm) => arm !== -1)
    expect(arms.length).toBeLessThan(2)
    if (arms.length > 0) admitted[arms[0] === 0 ? 0 : 1] = (admitted[arms[0] === 0 ? 0 : 1] ?? 0) + 1
    else admitted[2] = (admitted[2] ?? 0) + 1
  }
  expectShare(admitted[2] ?? 0, 100_000, 0.4)
  expectShare(admitted[0] ?? 0, 100_000, 0.3)
})

test('an imported hash admits by its own steps; one that is not installed admits nobody', () => {
  const imported = { kind: 'last-digit', seed: 'seed', steps: 10, admit: [[0, 2], [5, 6]] as [number, number][] }
  const hashes = { 'last-digit': (_: string, unit: string, steps: number) => Number(unit.at(-1)) % steps, 'first-digit': (_: string, unit: string) => Number(unit[0]) }
  const pick = compileSplit(halves('s', { hash: imported }), NO_LAYERS, { hashes })
  expect(['10', '11', '12', '15', '16'].map(pick)).toEqual([0, 0, -1, 1, -1])
  const arms = compileSplit(halves('s', { hash: { ...imported, arms: { kind: 'first-digit', seed: 's', steps: 10 } } }), NO_LAYERS, { hashes })
  expect(['10', '90', '92'].map(arms)).toEqual([0, 1, -1])
  expect(compileSplit(halves('s', { hash: imported }), NO_LAYERS, {})('10')).toBe(-1)
  expect(compileSplit(halves('s', { hash: { ...imported, kind: 'constructor' } }), NO_LAYERS, { hashes })('10')).toBe(-1)
})
