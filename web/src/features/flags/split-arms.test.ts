import { expect, test } from 'vitest'
import type { Split } from '@assay/sdk/core'
import { armsWith, evenArms, newSplit, settleSalt, splitProblems, weightProblem } from './split-arms.ts'

const split = (weights: number[], more: Partial<Split> = {}): Split => ({ unit: 'user', salt: 'live', hash: 'murmur3', coverage: 100_000, arms: weights.map((weight, index) => ({ variant: `v${index}`, weight })), ...more })

test('a new split is even, over all variants, with the one served while off last', () => {
  expect(newSplit([{ key: 'off' }, { key: 'on' }], 'off', 'user', 's')).toEqual({ unit: 'user', salt: 's', hash: 'murmur3', coverage: 100_000, arms: [{ variant: 'on', weight: 50_000 }, { variant: 'off', weight: 50_000 }] })
  expect(evenArms(['a', 'b', 'c'])).toEqual([{ variant: 'a', weight: 33_334 }, { variant: 'b', weight: 33_333 }, { variant: 'c', weight: 33_333 }])
})

test('an arm takes a weight in its place, and one without weight leaves unless its place is kept', () => {
  const arms = split([60_000, 0, 40_000]).arms
  expect(armsWith(arms, 'v0', 50_000, []).map(({ variant }) => variant)).toEqual(['v0', 'v2'])
  expect(armsWith(arms, 'v0', 50_000, ['v1']).map(({ variant }) => variant)).toEqual(['v0', 'v1', 'v2'])
  expect(armsWith(arms, 'v9', 1000, []).at(-1)).toEqual({ variant: 'v9', weight: 1000 })
  expect(armsWith(arms, 'v2', 0, []).at(-1)).toEqual({ variant: 'v2', weight: 0 })
})

test('shares must sum to 100%, and what is off is said', () => {
  expect(weightProblem(split([50_000, 50_000]).arms)).toBeNull()
  expect(weightProblem(split([50_000, 49_500]).arms)).toBe('0.5% is given to nobody yet: the shares sum to 100%.')
  expect(weightProblem(split([60_000, 60_000]).arms)).toBe('The shares sum to 20% too much.')
  expect(splitProblems(split([99_990, 10], { coverage: 1000 }))).toEqual(['So few are reached that v1 gets nobody: raise the reach or its share.'])
  expect(splitProblems(split([50_000, 50_000], { coverage: 0 }))).toEqual([])
  expect(splitProblems(split([50_000, 50_000], { layer: { key: 'checkout', from: 80_000, to: 120_000 } }))).toEqual(['Its part would end at 120% of the layer: take less, or start earlier.'])
})

test('a salt changes only with a division that moves people, once, and comes back with the old division', () => {
  const live = split([50_000, 50_000])
  const moved = settleSalt(live, split([75_000, 25_000], { coverage: 50_000 }), 'fresh-1')
  expect(moved.salt).toBe('fresh-1')
  expect(settleSalt(live, { ...moved, coverage: 100_000, arms: split([80_000, 20_000]).arms.map((arm, index) => (index === 0 ? { ...arm, variant: 'v9' } : arm)) }, 'fresh-2').salt).toBe('fresh-1')
  expect(settleSalt(live, { ...moved, arms: live.arms, coverage: 100_000 }, 'fresh-3').salt).toBe('live')
  expect(settleSalt({ variant: 'v0' }, live, 'fresh').salt).toBe('live')
  expect(settleSalt(undefined, live, 'fresh').salt).toBe('live')
})
