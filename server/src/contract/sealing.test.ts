import { expect, test } from 'vitest'
import { completeDraft } from '../testing/drafts.ts'
import { sealingOf } from './sealing.ts'

test('a start seals the hypothesis, its metrics and its cohort at the revisions that were read', () => {
  const metrics = [{ key: 'orders', revision: 3 }, { key: 'refunds', revision: 1 }, { key: 'revenue', revision: 2 }, { key: 'other', revision: 9 }]
  const cohorts = [{ key: 'beta', revision: 5 }, { key: 'staff', revision: 6 }]
  expect(sealingOf({ ...completeDraft(), revision: 4, cohort: 'beta' }, metrics, cohorts)).toEqual({ hypothesis: 4, metrics: { orders: 3, refunds: 1, revenue: 2 }, cohort: 5 })
  expect(sealingOf({ ...completeDraft(), revision: 4 }, metrics, cohorts).cohort).toBeNull()
})
