import { expect, test } from 'vitest'
import { membership } from './membership.ts'

const eea = { key: 'eea', name: 'EEA', description: '', unit: 'user', when: { attribute: 'country', op: 'in' as const, values: ['DE', 'FR'] }, included: ['customer-1'], excluded: ['customer-2'] }
const loyal = { key: 'loyal', name: 'Loyal', description: '', unit: 'user', when: { all: [{ cohort: 'eea' }, { attribute: 'orders', op: 'gte' as const, values: [3] }] }, included: [], excluded: [] }

test.each([
  [{ targetingKey: 'customer-9', country: 'DE' }, 'true', 'customer-9 is in the cohort eea.'],
  [{ targetingKey: 'customer-9', country: 'US' }, 'false', 'customer-9 is not in the cohort eea.'],
  [{ targetingKey: 'customer-1', country: 'US' }, 'true', 'customer-1 is listed in the cohort eea.'],
  [{ targetingKey: 'customer-2', country: 'DE' }, 'false', 'customer-2 is excluded from the cohort eea.'],
  [{ country: 'US' }, 'unknown', 'The context, which has no user, may or may not be in the cohort eea.'],
])('%j: %s, %s', (context, outcome, text) => {
  expect(membership(eea, [], context)).toMatchObject({ outcome, text })
})

test('a cohort that is named is looked into', () => {
  const found = membership(loyal, [eea], { targetingKey: 'customer-9', country: 'DE', orders: 2 })
  expect(found.outcome).toBe('false')
  expect(found.steps[0]?.steps.map((step) => step.outcome)).toEqual(['true', 'false'])
})

test('the edited definition counts, not the saved one', () => {
  expect(membership({ ...eea, excluded: [] }, [eea], { targetingKey: 'customer-2', country: 'DE' }).outcome).toBe('true')
})
