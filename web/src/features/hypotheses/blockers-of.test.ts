import { expect, test } from 'vitest'
import { ApiError } from '../../api/client.ts'
import { blockersOf } from './blockers-of.ts'

const blocker = { id: 'exposure', label: 'Exposure stays within its limit', state: 'blocker', evidence: '50% would meet it; the limit is 20%.' }

test('the blockers of a refused start are read', () => {
  expect(blockersOf(new ApiError('plan_incomplete', 422, 'EXP-1 cannot start yet.', [blocker, { id: 'sdk' }]))).toEqual([blocker])
})

test('a refusal without details blocks nothing by name', () => {
  expect(blockersOf(new ApiError('plan_incomplete', 422, 'EXP-1 cannot start yet.'))).toEqual([])
})
