import { expect, test } from 'vitest'
import { durationTicks } from './duration-scale.ts'

const MINUTE_MS = 60_000
const labels = (...minutes: number[]) => durationTicks(minutes.map((length) => length * MINUTE_MS)).map(({ label }) => label)

test('the axis goes from one known length to another, around all that is shown', () => {
  expect(labels(2, 6, 70)).toEqual(['1 min', '5 min', '20 min', '1 h', '4 h'])
  expect(labels(5, 20)).toEqual(['5 min', '20 min'])
})

test('one length, or none at all in between, still has an axis', () => {
  expect(labels(5)).toEqual(['5 min', '20 min'])
  expect(labels(0)).toEqual(['1 s', '10 s'])
  expect(labels(60 * 24 * 700)).toEqual(['1 year'])
})
