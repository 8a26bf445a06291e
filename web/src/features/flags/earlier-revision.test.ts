import { expect, test } from 'vitest'
import type { Json } from '@assay/sdk/core'
import type { AuditEntry, Targeting } from '@assay/server/contract'
import { isCurrent, restorableOf } from './earlier-revision.ts'
import { flagDetail, sampleTargeting } from './flag.samples.ts'

const entry = (more: Partial<AuditEntry>): AuditEntry => ({ seq: 1, at: '2026-11-01T00:00:00Z', actor: { id: null, name: 'Ada' }, action: 'flag.targeting_changed', entity: { kind: 'flag', key: 'checkout.express-pay' }, environment: 'production', before: null, after: null, reason: null, revision: 2, hash: '', ...more })
/** As it comes from the history. */
const stored = (targeting: Targeting) => JSON.parse(JSON.stringify(targeting)) as Json
const earlier: Targeting = { ...sampleTargeting, fallthrough: { variant: 'on' } }

test('an earlier targeting can be brought back', () => {
  expect(restorableOf(entry({ after: stored(earlier) }), flagDetail())).toEqual({ kind: 'targeting', revision: 2, environment: 'production', targeting: earlier })
})

test('what stands now, was never recorded, or belongs to an environment that is gone cannot', () => {
  expect(restorableOf(entry({ after: stored(sampleTargeting) }), flagDetail())).toBeNull()
  expect(restorableOf(entry({ after: null }), flagDetail())).toBeNull()
  expect(restorableOf(entry({ after: stored(earlier), environment: 'gone' }), flagDetail())).toBeNull()
  expect(restorableOf(entry({ after: stored(earlier), revision: null }), flagDetail())).toBeNull()
})

test('an earlier definition can be brought back, but not an entry that holds none', () => {
  const { environments: _environments, experiments: _experiments, ...definition } = flagDetail()
  expect(restorableOf(entry({ environment: null, after: { ...definition, name: 'Old' } }), flagDetail())).toMatchObject({ kind: 'definition', revision: 2 })
  expect(restorableOf(entry({ environment: null, after: definition, revision: 3 }), flagDetail())).toBeNull()
  expect(restorableOf(entry({ environment: null, after: { archivedAt: null } }), flagDetail())).toBeNull()
})

test('the entry that made what stands now is known', () => {
  expect(isCurrent(entry({ after: stored(sampleTargeting), revision: 4 }), flagDetail())).toBe(true)
  expect(isCurrent(entry({ after: stored(sampleTargeting), revision: 2 }), flagDetail())).toBe(false)
  expect(isCurrent(entry({ environment: null, after: { archivedAt: null }, revision: 3 }), flagDetail())).toBe(false)
})
