import { expect, test } from 'vitest'
import { running, written } from './hypothesis.samples.ts'
import { shareOf, timelineOf } from './timeline.ts'

const now = new Date('2026-05-08T09:00:00.000Z')
const day = (text: string) => Date.parse(`${text}T09:00:00.000Z`)

test('a bar reaches from the start to today, and its plan beyond', () => {
  const { rows, from, to } = timelineOf([written], [{ ...running, days: 5 }], now)
  expect(rows[0]?.bars).toMatchObject([{ from: day('2026-05-03'), to: day('2026-05-08'), plannedTo: day('2026-05-17') }])
  expect(rows[0]?.bars[0]?.words).toBe('EXP-4, 3 May to today: Day 6 of 14, planned until 17 May')
  expect([from, to]).toEqual([day('2026-05-01'), day('2026-05-17')])
})

test('history that was sent begins before it was started here', () => {
  const { rows, from } = timelineOf([written], [{ ...running, days: 20, plannedDays: null }], now)
  expect(rows[0]?.bars[0]).toMatchObject({ from: day('2026-04-18'), plannedTo: null })
  expect(from).toBe(day('2026-04-18'))
})

test('drafts have no bar, what ended goes no further than its end, and what moved last is on top', () => {
  const idea = { ...written, key: 'H-8', createdAt: '2026-05-07T09:00:00.000Z' }
  const ended = { ...running, status: 'stopped' as const, endedAt: '2026-05-06T09:00:00.000Z', days: 3 }
  const { rows, to } = timelineOf([written, idea], [ended, { ...running, key: 'EXP-5', hypothesis: 'H-8', status: 'draft', startedAt: null }], now)
  expect(rows.map(({ hypothesis, bars }) => [hypothesis.key, bars.length])).toEqual([['H-8', 0], ['H-7', 1]])
  expect(rows[1]?.bars[0]).toMatchObject({ to: day('2026-05-06'), plannedTo: null })
  expect(to).toBe(now.getTime())
})

test('a single day is drawn over a week, with today at its end', () => {
  const timeline = timelineOf([{ ...written, createdAt: now.toISOString() }], [], now)
  expect(timeline.to - timeline.from).toBe(7 * 86_400_000)
  expect([shareOf(timeline, timeline.from), shareOf(timeline, now.getTime())]).toEqual([0, 1])
})
