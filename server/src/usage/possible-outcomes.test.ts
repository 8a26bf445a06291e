import type { Serve, Split } from '@assay/sdk/core'
import { expect, test } from 'vitest'
import { type Outcomes, possibleOutcomes } from './possible-outcomes.ts'

const split = (more: Partial<Split> = {}): Serve => ({ unit: 'user', salt: 's', hash: 'murmur3', arms: [{ variant: 'on', weight: 60_000 }, { variant: 'off', weight: 40_000 }], coverage: 100_000, ...more })

test.each<[string, Partial<Outcomes>, (string | null)[]]>([
  ['a flag without rules', {}, ['on']],
  ['a flag that is off', { enabled: false, serves: [{ variant: 'on' }] }, ['off']],
  ['a flag that is off without an off variant', { enabled: false, offVariant: null }, [null]],
  ['rules', { serves: [{ variant: 'beta' }] }, ['beta', 'on']],
  ['a split', { serves: [split()] }, ['on', 'off']],
  ['a split that admits nobody', { serves: [split({ coverage: 0 })] }, ['on']],
  ['an arm without weight', { fallthrough: split({ arms: [{ variant: 'on', weight: 100_000 }, { variant: 'off', weight: 0 }] }) }, ['on']],
  ['a fallthrough that leaves some out', { offVariant: 'none', fallthrough: split({ coverage: 50_000 }) }, ['on', 'off', 'none']],
  ['a need', { prerequisites: [{ flag: 'cart', variants: ['on'] }] }, ['on', 'off']],
])('%s', (_name, more, expected) => {
  const possible = possibleOutcomes({ enabled: true, offVariant: 'off', prerequisites: [], serves: [], fallthrough: { variant: 'on' }, ...more })
  expect([...possible].sort()).toEqual(expected.sort())
})
