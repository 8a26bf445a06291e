import type { Flag, Ruleset, Split } from '@assay/sdk/core'
import { expect, test } from 'vitest'
import { checkLayers } from './check-layers.ts'

function split(from: number, to: number, key = 'checkout'): Split {
  return { unit: 'user', salt: 's', hash: 'murmur3', arms: [{ variant: 'on', weight: 100_000 }], coverage: 100_000, layer: { key, from, to } }
}

function flag(key: string, serves: Split[], fallthrough: Flag['fallthrough'] = { variant: 'on' }): Flag {
  return { key, type: 'boolean', enabled: false, clientVisible: false, revision: 1, variants: [{ key: 'on', value: true }], rules: serves.map((serve, index) => ({ id: `r${index}`, serve })), fallthrough }
}

function issues(...flags: Flag[]): string[] {
  const ruleset: Ruleset = { schema: 1, project: 'shop', environment: 'production', epoch: 'e', version: 1, flags, cohorts: [], layers: [], holdouts: [] }
  return checkLayers(ruleset).map(({ message }) => message)
}

test('parts that touch do not overlap, nor do those of different layers', () => {
  expect(issues(flag('a', [split(0, 50_000)]), flag('b', [split(50_000, 100_000)]))).toEqual([])
  expect(issues(flag('a', [split(0, 50_000)]), flag('b', [split(0, 50_000, 'search')]))).toEqual([])
})

test('every part that overlaps is named with the one that has it', () => {
  expect(issues(flag('a', [split(0, 80_000)]), flag('b', [split(10_000, 20_000)]), flag('c', [split(50_000, 100_000)]))).toEqual([
    'Rule 1 of b takes 10% to 20% of the layer checkout, of which rule 1 of a has 0% to 80%: choose a part that is free.',
    'Rule 1 of c takes 50% to 100% of the layer checkout, of which rule 1 of a has 0% to 80%: choose a part that is free.',
  ])
})

test('two rules of one flag, and its fallthrough, are parts of their own', () => {
  expect(issues(flag('a', [split(0, 20_000), split(19_999, 30_000)], split(30_000, 40_000)))).toEqual(['Rule 2 of a takes 19.999% to 30% of the layer checkout, of which rule 1 of a has 0% to 20%: choose a part that is free.'])
  expect(issues(flag('a', [split(0, 20_000)], split(10_000, 30_000)))).toEqual(['The fallthrough of a takes 10% to 30% of the layer checkout, of which rule 1 of a has 0% to 20%: choose a part that is free.'])
})
