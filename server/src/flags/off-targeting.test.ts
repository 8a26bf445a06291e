import { expect, test } from 'vitest'
import type { FlagKind, FlagVariant } from '../contract/flags.ts'
import { offTargeting } from './off-targeting.ts'

const boolean: FlagVariant[] = [{ key: 'yes', value: true }, { key: 'no', value: false }]

test.each<[FlagKind, Parameters<typeof offTargeting>[0]['type'], FlagVariant[], string, string]>([
  ['release', 'boolean', boolean, 'no', 'yes'],
  ['operational', 'boolean', boolean, 'no', 'yes'],
  ['experiment', 'boolean', boolean, 'no', 'no'],
  ['release', 'string', [{ key: 'a', value: 'a' }, { key: 'b', value: 'b' }], 'a', 'a'],
  ['release', 'boolean', [{ key: 'only', value: true }], 'only', 'only'],
])('a %s flag of type %s', (kind, type, variants, offVariant, on) => {
  expect(offTargeting({ kind, type, variants })).toEqual({ enabled: false, offVariant, prerequisites: [], rules: [], fallthrough: { variant: on } })
})
