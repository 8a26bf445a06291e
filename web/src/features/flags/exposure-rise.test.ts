import { expect, test } from 'vitest'
import type { Split } from '@assay/sdk/core'
import type { Targeting } from '@assay/server/contract'
import { exposureRise } from './exposure-rise.ts'

const split = (weight: number, coverage = 100_000): Split => ({ unit: 'user', salt: 's', hash: 'murmur3', coverage, arms: [{ variant: 'on', weight }, { variant: 'off', weight: 100_000 - weight }] })
const base: Targeting = { enabled: true, offVariant: 'off', prerequisites: [{ flag: 'login', variants: ['on', 'beta'] }], rules: [{ id: 'a', name: 'Staff', when: { cohort: 'staff' }, serve: split(50_000) }], fallthrough: { variant: 'off' } }
const withServe = (serve: Targeting['fallthrough']): Targeting => ({ ...base, rules: base.rules.map((rule) => ({ ...rule, serve })) })

test('fewer people, or nobody new, is no rise', () => {
  expect(exposureRise(base, base)).toEqual([])
  expect(exposureRise(base, withServe(split(25_000)))).toEqual([])
  expect(exposureRise(base, { ...withServe({ variant: 'on' }), enabled: false })).toEqual([])
  expect(exposureRise(base, { ...base, rules: [] })).toEqual([])
  expect(exposureRise(base, { ...base, prerequisites: [{ flag: 'login', variants: ['on'] }] })).toEqual([])
})

test('a larger share, by weight or by reach, is a rise', () => {
  expect(exposureRise(base, withServe(split(75_000)))).toEqual(['Rule 1 reaches 75% of the people it matches, up from 50%'])
  expect(exposureRise(withServe(split(50_000, 10_000)), withServe(split(50_000, 20_000)))).toEqual(['Rule 1 reaches 10% of the people it matches, up from 5%'])
  expect(exposureRise(base, { ...base, fallthrough: { variant: 'on' } })).toEqual(['Everyone else: 100% instead of 0%'])
})

test('a new rule, other people, a removed rule and a dropped need are rises', () => {
  expect(exposureRise(base, { ...base, rules: [...base.rules, { id: 'b', name: '', serve: { variant: 'on' } }] })).toEqual(['Rule 2 reaches 100% of the people it matches'])
  expect(exposureRise(base, { ...base, rules: base.rules.map((rule) => ({ ...rule, when: { cohort: 'everyone' } })) })).toEqual(['Rule 1 is for other people than now'])
  const all = { ...base, fallthrough: { variant: 'on' } }
  expect(exposureRise(all, { ...all, rules: [] })).toEqual(['People of the removed rule Staff go on to the rules below'])
  expect(exposureRise(base, { ...base, prerequisites: [] })).toEqual(['It no longer waits for login as it does now'])
})

test('turning on raises everything that is then served', () => {
  expect(exposureRise({ ...base, enabled: false }, base)).toEqual(['Rule 1 reaches 50% of the people it matches'])
})
