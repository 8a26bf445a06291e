import { expect, test } from 'vitest'
import type { Flag, Ruleset, Split } from '@assay/sdk/core'
import { computeImpact } from './compute-impact.ts'
import { unitTypeOf } from './proposed-flag.ts'
import { type SeenUnit, unitContext } from './unit-context.ts'

const ruleset: Ruleset = { schema: 1, project: 'shop', environment: 'production', epoch: 'e', version: 1, flags: [], cohorts: [{ key: 'staff', unit: 'user', included: ['u1'] }], layers: [], holdouts: [] }
const flag = (more: Partial<Flag> = {}): Flag => ({ key: 'banner', type: 'boolean', enabled: true, clientVisible: false, revision: 1, variants: [{ key: 'off', value: false }, { key: 'on', value: true }], offVariant: 'off', rules: [], fallthrough: { variant: 'off' }, ...more })
const units = (count: number, attributes: SeenUnit['attributes'] = {}): SeenUnit[] => Array.from({ length: count }, (_, index) => ({ unit: `u${index}`, units: {}, attributes, at: 1_800_000_000_000 - index * 1000 }))
const split = (coverage: number): Split => ({ unit: 'user', salt: 's', hash: 'murmur3', arms: [{ variant: 'on', weight: 100_000 }], coverage })
const input = { ruleset, live: flag(), unitType: 'user', seen: units(1000), running: null }

test('a change that changes nothing moves nobody', () => {
  expect(computeImpact({ ...input, proposed: flag() })).toEqual({ basis: { units: 1000, since: '2027-01-15T07:43:21.000Z' }, moved: 0, share: 0, moves: [], sample: [], running: null })
})

test('who moves is counted by where from and where to, with the newest as a sample', () => {
  const rules = [{ id: 'staff', when: { cohort: 'staff' }, serve: { variant: 'on' } }]
  expect(computeImpact({ ...input, proposed: flag({ rules }) })).toMatchObject({ moved: 1, share: 0.001, moves: [{ from: 'off', to: 'on', units: 1 }], sample: [{ unit: 'u1', from: 'off', to: 'on' }] })
  const all = computeImpact({ ...input, live: flag({ rules }), proposed: flag({ enabled: false, rules }) })
  expect(all.moves).toEqual([{ from: 'on', to: 'off', units: 1 }])
  const { offVariant: _gone, ...withoutOff } = flag({ enabled: false })
  const silent = computeImpact({ ...input, live: flag({ rules }), proposed: withoutOff })
  expect(silent.moves).toEqual([{ from: 'off', to: null, units: 999 }, { from: 'on', to: null, units: 1 }])
  expect(silent.sample).toHaveLength(20)
  expect(silent.sample[0]).toEqual({ unit: 'u0', from: 'off', to: null })
})

test('widening a rollout moves the share that is added, and nobody back', () => {
  const impact = computeImpact({ ...input, live: flag({ rules: [{ id: 'r', serve: split(20_000) }] }), proposed: flag({ rules: [{ id: 'r', serve: split(50_000) }] }) })
  expect(impact.share).toBeCloseTo(0.3, 1)
  expect(impact.moves.map(({ from, to }) => [from, to])).toEqual([['off', 'on']])
})

test('exposed units of the running experiment are counted apart', () => {
  const impact = computeImpact({ ...input, seen: [], proposed: flag({ fallthrough: { variant: 'on' } }), running: { experiment: 'EXP-1', exposed: units(3) } })
  expect(impact).toMatchObject({ basis: { units: 0, since: null }, moved: 0, share: 0, running: { experiment: 'EXP-1', moved: 3 } })
})

test('a unit is met with its attributes and the other units of its context', () => {
  const seen = { unit: 'acme', units: { user: 'u1', company: 'acme' }, attributes: { 'company.plan': 'pro', country: 'DE' }, at: 0 }
  expect(unitContext('company', seen)).toEqual({ targetingKey: 'u1', 'company.id': 'acme', 'company.plan': 'pro', country: 'DE' })
  expect(unitContext('user', { ...seen, unit: 'u2', units: {} })).toEqual({ targetingKey: 'u2', 'company.plan': 'pro', country: 'DE' })
  const byCompany = flag({ fallthrough: { ...split(100_000), unit: 'company' } })
  expect(computeImpact({ ...input, unitType: 'company', seen: [seen], proposed: byCompany }).moves).toEqual([{ from: 'off', to: 'on', units: 1 }])
})

test('units are of the kind that is split by, or people', () => {
  expect(unitTypeOf({ rules: [], fallthrough: { variant: 'on' } })).toBe('user')
  expect(unitTypeOf({ rules: [], fallthrough: { variant: 'on' } }, { rules: [], fallthrough: { ...split(1), unit: 'company' } })).toBe('company')
})
