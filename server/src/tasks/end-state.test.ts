import { expect, test } from 'vitest'
import { servesOnly } from './end-state.ts'

const rule = (variant: string) => ({ id: variant, name: '', serve: { variant } })
const split = (on: number, coverage = 100_000) => ({ unit: 'user', salt: 's', hash: 'murmur3' as const, arms: [{ variant: 'off', weight: 100_000 - on }, { variant: 'on', weight: on }], coverage })
const state = { enabled: true, offVariant: 'off', rules: [rule('on')], fallthrough: { variant: 'on' } }

test.each([
  ['every way leads to it', state, true],
  ['a rule that held-out units pass by counts as its variant', { ...state, rules: [{ ...rule('on'), heldOut: true as const }] }, true],
  ['everybody else gets another', { ...state, fallthrough: { variant: 'off' } }, false],
  ['a rule serves another', { ...state, rules: [rule('on'), rule('off')] }, false],
  ['a split of all to it', { ...state, fallthrough: split(100_000) }, true],
  ['a split', { ...state, fallthrough: split(60_000) }, false],
  ['a split that admits some', { ...state, fallthrough: split(100_000, 50_000) }, false],
  ['off, and another is served then', { ...state, enabled: false }, false],
  ['off, and it is served then', { ...state, enabled: false, offVariant: 'on' }, true],
])('%s', (_case, targeting, only) => {
  expect(servesOnly(targeting, 'on')).toBe(only)
})
