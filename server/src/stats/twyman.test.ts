import { expect, it } from 'vitest'
import { twymanFlags, type TwymanInput } from './twyman.ts'

const calm: TwymanInput = {
  control: { n: 5000, mean: 10, variance: 4 }, treatment: { n: 5000, mean: 10.2, variance: 4.1 },
  lift: 0.02, p: 0.01, minimumEffect: 0.02, priorSd: 0.03, movedBefore: true, preExposureP: 0.4,
  capped: { control: { x: 5, n: 5000 }, treatment: { x: 6, n: 5000 } }, driverMoved: true,
}

it('an ordinary result raises nothing, and neither does one about which little is known', () => {
  expect(twymanFlags(calm)).toEqual([])
  expect(twymanFlags({ ...calm, lift: null, p: null, minimumEffect: null, priorSd: null, movedBefore: null, preExposureP: null, capped: null, driverMoved: null })).toEqual([])
})

it.each([
  ['lift_over_half', { lift: -0.51, minimumEffect: null, priorSd: null }],
  ['far_beyond_minimum', { lift: 0.085 , priorSd: null }],
  ['far_beyond_history', { lift: 0.0701, priorSd: 0.02, minimumEffect: null }],
  ['first_move_extreme', { p: 1e-11, movedBefore: false }],
  ['variance_ratio', { treatment: { n: 5000, mean: 10.2, variance: 8.1 } }],
  ['before_exposure', { preExposureP: 0.0005 }],
  ['identical_values', { treatment: calm.control }],
  ['capped_share_differs', { capped: { control: { x: 5, n: 5000 }, treatment: { x: 60, n: 5000 } } }],
  ['driver_still', { driverMoved: false }],
] as [string, Partial<TwymanInput>][])('%s is named', (flag, change) => {
  expect(twymanFlags({ ...calm, ...change })).toEqual([flag])
})

it('a large lift of few units is no wonder', () => {
  expect(twymanFlags({ ...calm, lift: 0.6, minimumEffect: null, priorSd: null, control: { ...calm.control, n: 900 } })).toEqual([])
})
