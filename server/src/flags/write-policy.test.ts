import { expect, test } from 'vitest'
import type { Targeting } from '../contract/flags.ts'
import type { ReviewPolicy } from '../contract/projects.ts'
import { AppError } from '../http/app-error.ts'
import { admitWrite, type AskedWrite, onlySwitches } from './write-policy.ts'

const before: Targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'on' } }
const edited: Targeting = { ...before, fallthrough: { variant: 'off' } }
const free: ReviewPolicy = { approvals: 0, approvers: ['engineer'], requireReason: false }
const reviewed: ReviewPolicy = { ...free, approvals: 2 }

function outcome(policy: ReviewPolicy, asked: Partial<AskedWrite> = {}): string {
  try {
    return admitWrite(policy, { environment: 'production', before, after: edited, role: 'engineer', reason: undefined, bypass: false, ...asked })
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

test.each<[string, ReviewPolicy, Partial<AskedWrite>, string]>([
  ['an environment without a policy admits', free, {}, 'admitted'],
  ['a bypass where nothing is reviewed is nothing special', free, { bypass: true }, 'admitted'],
  ['a required reason is required', { ...free, requireReason: true }, {}, 'reason_required'],
  ['an empty reason is none', { ...free, requireReason: true }, { reason: '' }, 'reason_required'],
  ['a required reason that is given is enough', { ...free, requireReason: true }, { reason: 'Ready.' }, 'admitted'],
  ['a reviewed environment asks for approvals', reviewed, { reason: 'Ready.' }, 'approval_required'],
  ['also of an admin', reviewed, { reason: 'Ready.', role: 'admin' }, 'approval_required'],
  ['an engineer may not go past the review', reviewed, { bypass: true, reason: 'Now.' }, 'forbidden'],
  ['an admin goes past it with a reason', reviewed, { bypass: true, role: 'admin', reason: 'Now.' }, 'bypassed'],
  ['and not without', reviewed, { bypass: true, role: 'admin' }, 'reason_required'],
  ['turning off waits for nothing', { ...reviewed, requireReason: true }, { after: { ...before, enabled: false } }, 'admitted'],
  ['turning off and editing is more than turning off', reviewed, { after: { ...edited, enabled: false } }, 'approval_required'],
  ['turning on waits', reviewed, { before: { ...before, enabled: false }, after: before }, 'approval_required'],
])('%s', (_, policy, asked, expected) => {
  expect(outcome(policy, asked)).toBe(expected)
})

test('a switch changes nothing else', () => {
  expect(onlySwitches({ ...before, enabled: false }, before)).toBe(true)
  expect(onlySwitches(before, edited)).toBe(false)
})
