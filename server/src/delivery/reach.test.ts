import { expect, test } from 'vitest'
import type { Targeting } from '../contract/flags.ts'
import { reachOf } from './reach.ts'

const on: Targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'on' } }
const half = { unit: 'user', salt: 's', hash: 'murmur3' as const, coverage: 50_000, arms: [{ variant: 'on', weight: 100_000 }] }

test.each<[string, Partial<Targeting>, string]>([
  ['everybody, where all get one variant that is not the off variant', {}, 'everybody'],
  ['nobody, while it is turned off', { enabled: false }, 'nobody'],
  ['nobody, where all get the off variant', { fallthrough: { variant: 'off' } }, 'nobody'],
  ['somebody, where a rule lets some in', { rules: [{ id: 'r', name: '', serve: { variant: 'on' } }], fallthrough: { variant: 'off' } }, 'somebody'],
  ['somebody, where a share is let in', { fallthrough: half }, 'somebody'],
  ['everybody, where the share is all of them', { fallthrough: { ...half, coverage: 100_000 } }, 'everybody'],
  ['somebody, where two variants are served', { fallthrough: { ...half, coverage: 100_000, arms: [{ variant: 'on', weight: 50_000 }, { variant: 'also', weight: 50_000 }] } }, 'somebody'],
  ['somebody, where another flag must allow it', { prerequisites: [{ flag: 'other', variants: ['on'] }] }, 'somebody'],
  ['everybody, where no off variant is named and all get the same', { offVariant: null }, 'everybody'],
])('a flag reaches %s', (_name, part, reach) => {
  expect(reachOf({ ...on, ...part })).toBe(reach)
})
