import { expect, test } from 'vitest'
import { deviationName, deviationValue } from './deviation-words.ts'

test.each([
  ['coverage', 'Share admitted'], ['planned units', 'Planned people'], ['hypothesis minimumEffect', 'Hypothesis, smallest effect'], ['hypothesis title', 'Hypothesis, title'], ['metric revenue event', 'Metric revenue event'], ['cohort vip', 'Cohort vip'],
])('%s is called %s', (what, name) => {
  expect(deviationName(what)).toBe(name)
})

test('rules and sizes are said as everywhere else', () => {
  expect(deviationValue({ what: 'mode' }, 'group_sequential')).toBe('At planned looks')
  expect(deviationValue({ what: 'planned units' }, '12000')).toBe('12,000')
  expect(deviationValue({ what: 'hypothesis change' }, '12000')).toBe('12000')
})
