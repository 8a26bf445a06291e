import { expect, test } from 'vitest'
import { auditPath, auditVerb, ownAuditVerb, saysItAll } from './audit-words.ts'

test('actions read as verbs, unknown ones too', () => {
  expect(auditVerb('flag.turned_off')).toBe('turned off')
  expect(auditVerb('rollout.stepped_back')).toBe('stepped back')
})

test('on the page of a flag the flag is this one', () => {
  expect(ownAuditVerb('flag.created')).toBe('created this flag')
  expect(ownAuditVerb('flag.turned_off')).toBe('turned off this flag')
  expect(ownAuditVerb('flag.targeting_changed')).toBe('changed the targeting of this flag')
})

test('turning on and off needs no further word', () => {
  expect(saysItAll('flag.turned_off')).toBe(true)
  expect(saysItAll('flag.targeting_changed')).toBe(false)
})

test('on the pages of others too', () => {
  expect(ownAuditVerb('cohort.created')).toBe('created this cohort')
  expect(ownAuditVerb('hypothesis.created')).toBe('wrote down this hypothesis')
  expect(ownAuditVerb('hypothesis.changed')).toBe('changed this hypothesis')
})

test('what has a page is linked to it', () => {
  expect(auditPath({ kind: 'flag', key: 'a.b' })).toBe('/flags/a.b/history')
  expect(auditPath({ kind: 'change', key: 'CH-3' })).toBe('/changes/CH-3')
  expect(auditPath({ kind: 'holdout', key: 'winter' })).toBe('/layers')
  expect(auditPath({ kind: 'member', key: 'ada@example.com' })).toBe('/settings/members')
  expect(auditPath({ kind: 'project', key: 'shop' })).toBeUndefined()
})
