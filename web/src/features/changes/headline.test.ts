import { expect, test } from 'vitest'
import { headline } from './headline.ts'

test.each([
  ['Next step of the ramp.', 'Next step of the ramp'],
  ['Held for a week. Nobody complained.', 'Held for a week'],
  ['Version 8.4.0 is out everywhere\nsee the dashboard', 'Version 8.4.0 is out everywhere'],
])('%j is titled %j', (reason, title) => {
  expect(headline(reason)).toBe(title)
})

test('a long sentence is cut between words', () => {
  const title = headline('word '.repeat(60))
  expect(title.length).toBeLessThanOrEqual(111)
  expect(title).toMatch(/word…$/)
})
