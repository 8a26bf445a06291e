import { expect, test } from 'vitest'
import { ApiError } from '../../api/client.ts'
import { openPolicy } from '../../testing/render.tsx'
import { isAnswerable, needsReason, wayAction, waysOf } from './save-ways.ts'

const engineer = { write: true, propose: true, bypass: false }
const admin = { write: true, propose: true, bypass: true }

test('without a review a change is applied, or proposed', () => {
  expect(waysOf(false, engineer)).toEqual(['now', 'ask', 'schedule'])
  expect(waysOf(false, admin)).toEqual(['now', 'ask', 'schedule'])
})

test('under a review it is proposed, and past it goes only who may', () => {
  expect(waysOf(true, engineer)).toEqual(['ask', 'schedule'])
  expect(waysOf(true, admin)).toEqual(['ask', 'schedule', 'bypass'])
})

test('who may not change may still propose, and who may look has no way', () => {
  expect(waysOf(false, { write: false, propose: true, bypass: false })).toEqual(['ask', 'schedule'])
  expect(waysOf(false, { write: false, propose: false, bypass: false })).toEqual([])
})

test('production, a policy, and everything others read need a reason', () => {
  expect(needsReason('now', { production: false, policy: openPolicy })).toBe(false)
  expect(needsReason('now', { production: true, policy: openPolicy })).toBe(true)
  expect(needsReason('now', { production: false, policy: { ...openPolicy, requireReason: true } })).toBe(true)
  expect(needsReason('ask', { production: false, policy: openPolicy })).toBe(true)
})

test('buttons repeat the verb', () => {
  expect([wayAction('now', 'production'), wayAction('ask', 'production'), wayAction('schedule', 'production'), wayAction('bypass', 'production')]).toEqual(['Apply to production', 'Ask for a review', 'Schedule', 'Apply without approval'])
})

test('a refusal that asks for something can be answered, another cannot', () => {
  expect(isAnswerable(new ApiError('confirmation_required', 409, 'Confirm.'))).toBe(true)
  expect(isAnswerable(new ApiError('revision_conflict', 409, 'Changed.'))).toBe(false)
  expect(isAnswerable(new Error('offline'))).toBe(false)
})
