import { expect, test } from 'vitest'
import { completeDraft } from '../testing/drafts.ts'
import { hypothesisDraft } from './hypotheses.ts'

const messages = (change: object) => hypothesisDraft.safeParse({ ...completeDraft(), ...change }).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []

test.each<[string, object]>([
  ['minimumEffect: Use a change above 0% and up to 1,000%: the direction is chosen beside it.', { minimumEffect: -0.05 }],
  ['minimumEffect: Use a change above 0% and up to 1,000%: the direction is chosen beside it.', { minimumEffect: 0 }],
  ['minimumEffect: Use a change above 0% and up to 1,000%: the direction is chosen beside it.', { minimumEffect: 11 }],
  ['guardrails.0.margin: Use a change from 0% to 100%.', { guardrails: [{ metric: 'refunds', margin: -0.1 }] }],
  ['maxExposure: Use a share from 0% to 100%.', { maxExposure: 1.5 }],
  ['maxDays: Use 1 to 365 whole days.', { maxDays: 0 }],
  ['maxDays: Use 1 to 365 whole days.', { maxDays: 1.5 }],
  ['decider: Keep it under 200 characters.', { decider: 'x'.repeat(201) }],
  ['guardrails: Use at most 20 guardrails.', { guardrails: Array.from({ length: 21 }, () => ({ metric: 'refunds', margin: null })) }],
  ['secondaryMetrics: Use at most 50 metrics that explain.', { secondaryMetrics: Array.from({ length: 51 }, () => 'revenue') }],
])('what is wrong is said in a sentence: %s', (message, change) => {
  expect(messages(change)).toEqual([message])
})

test('a complete plan has nothing wrong with it', () => {
  expect(messages({})).toEqual([])
})
