import { expect, test } from 'vitest'
import type { Targeting } from '@assay/server/contract'
import { namingOf } from '../../ui/serve/naming.ts'
import { environmentSummary } from './environment-summary.ts'

const naming = namingOf([{ key: 'control', name: 'Control' }, { key: 'express', name: 'Express' }])
const base: Targeting = { enabled: true, offVariant: 'control', prerequisites: [], rules: [], fallthrough: { variant: 'express' } }
const staff = { id: 'a', name: 'Staff', serve: { variant: 'express' } }
const half = { id: 'b', name: '', serve: { unit: 'user', salt: 's', hash: 'murmur3' as const, coverage: 50_000, arms: [{ variant: 'control', weight: 50_000 }, { variant: 'express', weight: 50_000 }] } }

test.each<[Partial<Targeting>, string]>([
  [{ enabled: false }, 'Off'],
  [{}, 'Express for everyone'],
  [{ rules: [staff], fallthrough: { variant: 'control' } }, '1 rule, else Control'],
  [{ rules: [staff, half] }, '25% Express in rule 2'],
  [{ fallthrough: half.serve }, 'Control 50%, Express 50% of the 50% it reaches for everyone'],
])('%j is %s', (change, words) => {
  expect(environmentSummary({ ...base, ...change }, naming)).toBe(words)
})
