import { expect, test } from 'vitest'
import { partMeaning } from './part-meaning.ts'

test('a part of a layer means fewer people, and more days for as many', () => {
  expect(partMeaning({ from: 20_000, to: 50_000 }, 1)).toBe('Only the people in it may take part: 30% of the audience. Fewer people per day meet it, so as many people take about 3.3 times as long.')
  expect(partMeaning({ from: 0, to: 20_000 }, 0.5)).toBe('Only the people in it may take part: 20% of the audience, and 10% with the 50% let in. Fewer people per day meet it, so as many people take about 5 times as long.')
  expect(partMeaning({ from: 0, to: 99_000 }, null)).toBe('Only the people in it may take part: 99% of the audience. Fewer people per day meet it, so as many people take a little longer.')
})

test('the whole layer costs no time but leaves nothing, and no part admits nobody', () => {
  expect(partMeaning({ from: 0, to: 100_000 }, 0.5)).toBe('The whole layer: everybody may take part, and nothing else fits into the layer beside it.')
  expect(partMeaning({ from: 10, to: 10 }, 1)).toBe('Nobody can take part.')
})
