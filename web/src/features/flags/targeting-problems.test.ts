import { expect, test } from 'vitest'
import type { Targeting } from '@assay/server/contract'
import { targetingProblems } from './targeting-problems.ts'

const good: Targeting = { enabled: true, offVariant: null, prerequisites: [{ flag: 'login', variants: ['on'] }], rules: [{ id: 'a', name: '', when: { cohort: 'staff' }, serve: { variant: 'on' } }], fallthrough: { variant: 'on' } }

test('a whole document has no problems', () => {
  expect(targetingProblems(good)).toEqual([])
})

test('each problem says where it is', () => {
  const bad: Targeting = {
    ...good,
    prerequisites: [{ flag: 'login', variants: [] }],
    rules: [...good.rules, { id: 'b', name: '', when: { cohort: '' }, serve: { unit: 'user', salt: 's', hash: 'murmur3', coverage: 100_000, arms: [{ variant: 'on', weight: 40_000 }] } }],
    fallthrough: { unit: 'user', salt: 's', hash: 'murmur3', coverage: 100_000, arms: [{ variant: 'on', weight: 0 }] },
  }
  expect(targetingProblems(bad)).toEqual([
    { at: 'needs', message: 'Say which variants of login are needed.' },
    { at: 'b', message: 'Rule 2: Choose a cohort.' },
    { at: 'b', message: 'Rule 2: 60% is given to nobody yet: the shares sum to 100%.' },
    { at: 'fallthrough', message: 'Everyone else: 100% is given to nobody yet: the shares sum to 100%.' },
    { at: 'fallthrough', message: 'Everyone else: Give at least one variant a share.' },
  ])
})
