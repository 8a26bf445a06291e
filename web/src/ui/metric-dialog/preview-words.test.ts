import { expect, test } from 'vitest'
import { levelNote, levelText, spreadWords, whyNoLevel } from './preview-words.ts'

test('a level is told with its unit, a share without', () => {
  expect(levelText({ type: 'mean', unitLabel: 'EUR' }, 41.234)).toBe('41.2 EUR')
  expect(levelText({ type: 'conversion', unitLabel: 'EUR' }, 0.0342)).toBe('3.42%')
  expect(levelText({ type: 'count', unitLabel: '' }, 2)).toBe('2.00')
})

test('the people behind it are told', () => {
  expect(levelNote({ units: 1200, counted: 1200, oneIn: 1 })).toBe('of 1,200 people seen')
  expect(levelNote({ units: 1200, counted: 1, oneIn: 20 })).toBe('of 1 person whose window is over; 1,200 were seen, one in 20 of all')
})

test.each(['no_units', 'too_early', 'one_unit', 'too_few_units', 'zero_denominator', 'zero_variance', 'invalid_input'])('%s is told as a sentence', (status) => {
  expect(whyNoLevel({ status, units: 0, days: 28 })).toMatch(/^[A-Z].*\.$/)
})

test('the spread is told for values, and not at all where there is none', () => {
  expect(spreadWords({ type: 'mean', unitLabel: 'EUR' }, 18)).toBe('People differ by 18.0 EUR (standard deviation of what one of them adds).')
  expect(spreadWords({ type: 'conversion', unitLabel: '' }, 0.4)).toMatch(/share/)
  expect(spreadWords({ type: 'mean', unitLabel: '' }, 0)).toMatch(/alike/)
})
