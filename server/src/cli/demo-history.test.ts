import { expect, test } from 'vitest'
import { startOfHistory, visitsOfDay } from './demo-history.ts'

const start = new Date('2026-03-02T00:00:00Z')
const traffic = { customers: 500, visitsPerDay: 300 }

test('a day has its visits in order of time and within the day', () => {
  const times = visitsOfDay(start, 3, traffic).map((visit) => visit.at.getTime())
  expect(times).toHaveLength(300)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(new Date(times[0] ?? 0).toISOString().slice(0, 10)).toBe('2026-03-05')
  expect(new Date(times.at(-1) ?? 0).toISOString().slice(0, 10)).toBe('2026-03-05')
})

test('the same day is the same people doing the same things, another day is not', () => {
  const told = (day: number) => visitsOfDay(start, day, traffic).map(({ person, at, random }) => [person.id, at.getTime() % 86_400_000, random()])
  expect(told(3)).toEqual(told(3))
  expect(told(3)).not.toEqual(told(4))
})

test('some people come again', () => {
  const people = [0, 1, 2].flatMap((day) => visitsOfDay(start, day, traffic).map((visit) => visit.person.id))
  const distinct = new Set(people).size
  expect(distinct).toBeLessThan(people.length * 0.8)
  expect(distinct).toBeGreaterThan(300)
})

test('history begins at midnight', () => {
  expect(startOfHistory(new Date('2026-03-30T17:12:00Z'), 28)).toEqual(start)
})
