import { expect, test } from 'vitest'
import { ApiError } from '../../api/client.ts'
import { openPolicy } from '../../testing/render.tsx'
import { isAnswerable, needsReason, wayAction, waysOf, wayTitle, wayWords } from './save-ways.ts'

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
  expect([wayTitle('now', 'production'), wayTitle('ask', 'production'), wayTitle('schedule', 'production'), wayTitle('bypass', 'production')]).toEqual(['Apply to production', 'Propose a change of production', 'Schedule a change of production', 'Apply to production'])
  expect([wayAction('now', 'production'), wayAction('ask', 'production'), wayAction('schedule', 'production'), wayAction('bypass', 'production')]).toEqual(['Apply to production', 'Ask for a review', 'Schedule', 'Apply without approval'])
})

test('what comes of each way is said, with the approvals it needs', () => {
  expect(wayWords('ask', 'Production', 0)).toBe('Production stays as it is until somebody applies the change.')
  expect(wayWords('ask', 'Production', 1)).toBe('Production stays as it is until 1 other person has approved it and somebody applies it.')
  expect(wayWords('schedule', 'Production', 2)).toBe('Production changes by itself at that time, if 2 other people have approved it by then.')
  expect(wayWords('schedule', 'Staging', 0)).toBe('Staging changes by itself at that time.')
})

test('a refusal that asks for something can be answered, another cannot', () => {
  expect(isAnswerable(new ApiError('confirmation_required', 409, 'Confirm.'))).toBe(true)
  expect(isAnswerable(new ApiError('revision_conflict', 409, 'Changed.'))).toBe(false)
  expect(isAnswerable(new Error('offline'))).toBe(false)
})
