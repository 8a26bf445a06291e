import { expect, test } from 'vitest'
import { powerFacts } from './power-facts.ts'

test('what the data can see by now, and who is missing', () => {
  expect(powerFacts({ power: [{ arm: 'on', detectable: 0.0234, unitsNeeded: 12_345 }] })).toEqual([['Smallest change it can see', '±2.3%'], ['People still needed', 'about 12,000']])
  expect(powerFacts({ power: [{ arm: 'a', detectable: 0.01, unitsNeeded: 0 }, { arm: 'b', detectable: null, unitsNeeded: null }] })).toEqual([['Smallest change it can see, a', '±1.0%'], ['People still needed, a', 'enough']])
  expect(powerFacts({})).toEqual([])
})
