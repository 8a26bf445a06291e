import { expect, test } from 'vitest'
import { auditPath, auditVerb, ownAuditVerb } from './audit-words.ts'

test('actions read as verbs, unknown ones too', () => {
  expect(auditVerb('flag.turned_off')).toBe('turned off')
  expect(auditVerb('rollout.stepped_back')).toBe('stepped back')
})

test('on the page of a flag the flag is this one', () => {
  expect(ownAuditVerb('flag.created')).toBe('created this flag')
  expect(ownAuditVerb('flag.turned_off')).toBe('turned off this flag')
  expect(ownAuditVerb('flag.targeting_changed')).toBe('changed the targeting of this flag')
})

test('what has a page is linked to it', () => {
  expect(auditPath({ kind: 'flag', key: 'a.b' })).toBe('/flags/a.b/history')
  expect(auditPath({ kind: 'member', key: 'ada@example.com' })).toBe('/settings/members')
  expect(auditPath({ kind: 'project', key: 'shop' })).toBeUndefined()
})
