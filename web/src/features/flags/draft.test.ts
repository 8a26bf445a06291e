import { expect, test } from 'vitest'
import type { Targeting } from '@assay/server/contract'
import { isDirty, reduceDraft, startDraft, writeDraft, type Version } from './draft.ts'
import { readDraft } from './stored-draft.ts'

const targeting: Targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [{ id: 'a', name: 'Staff', serve: { variant: 'on' } }], fallthrough: { variant: 'off' } }
const first: Version = { revision: 3, targeting, changedBy: 'Ada' }
const started = startDraft(first)
const edited = reduceDraft(started, { type: 'edit', edit: { type: 'name-rule', id: 'a', name: 'Employees' } })
const later = (change: Partial<Targeting>): Version => ({ revision: 4, targeting: { ...targeting, ...change }, changedBy: 'Jonas' })

test('a draft is dirty while it differs from its base, and clean again when edited back', () => {
  expect(isDirty(started)).toBe(false)
  expect(isDirty(edited)).toBe(true)
  expect(isDirty(reduceDraft(edited, { type: 'edit', edit: { type: 'name-rule', id: 'a', name: 'Staff' } }))).toBe(false)
  expect(reduceDraft(edited, { type: 'discard' })).toEqual(started)
})

test('a clean draft follows what is live', () => {
  expect(reduceDraft(started, { type: 'live', version: later({ enabled: false }) })).toEqual(startDraft(later({ enabled: false })))
})

test('edits move onto a newer version where they do not overlap, and name whose it was', () => {
  const moved = reduceDraft(edited, { type: 'live', version: later({ enabled: false }) })
  expect(moved.base.revision).toBe(4)
  expect(moved.mergedFrom).toBe('Jonas')
  expect(moved.targeting).toEqual({ ...targeting, enabled: false, rules: [{ id: 'a', name: 'Employees', serve: { variant: 'on' } }] })
})

test('edits that overlap stay on their base until they are saved', () => {
  expect(reduceDraft(edited, { type: 'live', version: later({ rules: [{ id: 'a', name: 'Crew', serve: { variant: 'on' } }] }) })).toBe(edited)
})

test('what was saved is no longer an edit', () => {
  expect(reduceDraft(edited, { type: 'live', version: later({ rules: edited.targeting.rules }) })).toEqual(startDraft(later({ rules: edited.targeting.rules })))
})

test('an older version, or the same one again, changes nothing', () => {
  expect(reduceDraft(edited, { type: 'live', version: { ...first, revision: 2, targeting: { ...targeting, enabled: false } } })).toBe(edited)
  expect(reduceDraft(edited, { type: 'live', version: structuredClone(first) })).toBe(edited)
})

test('a draft that waited comes back as it was, and anything else is no draft', () => {
  expect(readDraft(writeDraft(edited))).toEqual(edited)
  expect(readDraft(null)).toBeUndefined()
  expect(readDraft('{"revision":1,"base":{},"targeting":{}}')).toBeUndefined()
  expect(readDraft('[')).toBeUndefined()
})
