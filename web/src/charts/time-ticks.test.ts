import { expect, test } from 'vitest'
import { timeTicks } from './time-ticks.ts'

const at = (text: string) => Date.parse(text)
const labels = (from: string, to: string, width: number, timeZone: string) => timeTicks([at(from), at(to)], width, timeZone).map(({ label }) => label)

test('a day is told by whole hours, its midnight by the date', () => {
  expect(labels('2026-11-24T10:30:00Z', '2026-11-25T10:30:00Z', 640, 'UTC')).toEqual(['12:00', '15:00', '18:00', '21:00', '25 Nov', '03:00', '06:00', '09:00'])
})

test('hours are those of the reader', () => {
  expect(labels('2026-11-24T10:30:00Z', '2026-11-25T10:30:00Z', 320, 'Europe/Berlin')).toEqual(['12:00', '18:00', '25 Nov', '06:00'])
})

test('weeks are told by days', () => {
  expect(labels('2026-11-01T00:00:00Z', '2026-11-29T00:00:00Z', 640, 'UTC').slice(0, 3)).toEqual(['3 Nov', '7 Nov', '11 Nov'])
})
