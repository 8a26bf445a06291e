import { expect, test } from 'vitest'
import { holdoutConsequences, releaseConsequences, shareOf } from './holdout-words.ts'

test('the share of a holdout is of all buckets', () => {
  expect(shareOf({ from: 0, to: 5000 })).toBe(0.05)
})

test('holding out says what it costs, in numbers', () => {
  const [who, running, time] = holdoutConsequences(0.05, [{ key: 'EXP-1', people: 1200 }, { key: 'EXP-2', people: 800 }])
  expect(who).toMatch(/^5% of people/)
  expect(running).toBe('EXP-1 and EXP-2 run now and have met 2,000 people: about 100 of them leave at once, and may see something else than before.')
  expect(time).toBe('An experiment needs about 5.3% more time to meet as many people.')
})

test('one running experiment reads as one, none as none', () => {
  expect(holdoutConsequences(0.5, [{ key: 'EXP-1', people: 1 }])[1]).toBe('EXP-1 runs now and has met 1 person: about 1 of them leave at once, and may see something else than before.')
  expect(holdoutConsequences(0.5, [])[1]).toMatch(/^No experiment runs now/)
  expect(holdoutConsequences(0.5, [])[2]).toMatch(/about 100% more time/)
})

test('the last holdout opens what was shipped to everybody', () => {
  expect(releaseConsequences(0.05, true).join(' ')).toMatch(/the only holdout, so this is for everybody/)
  expect(releaseConsequences(0.05, false).join(' ')).toMatch(/Where no other holdout keeps them out/)
})
