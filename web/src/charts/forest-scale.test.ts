import { expect, test } from 'vitest'
import { forestDomain, forestMarks, forestScale, forestTicks, ownDomain } from './forest-scale.ts'

const span = (lower: number | null, mid: number | null, upper: number | null) => ({ lower, mid, upper })

test('the shared axis holds zero, the deciding interval, targets and limits', () => {
  const [low, high] = forestDomain([span(0.019, 0.036, 0.053)], [span(-0.074, -0.061, -0.049)], [0.02, 0.05])
  expect(low).toBeLessThan(-0.074)
  expect(high).toBeGreaterThan(0.053)
})

test('zero is never at the edge of the axis', () => {
  const [low, high] = forestDomain([span(0.2, 0.4, 0.6)], [], [])
  expect(low).toBeLessThanOrEqual(-0.1)
  expect(high).toBeGreaterThan(0.6)
})

test('a very wide row does not squash the row that decides', () => {
  const [low, high] = forestDomain([span(-0.01, 0.01, 0.03)], [span(-2, 0.5, 9)], [])
  expect(high).toBeLessThan(0.12)
  expect(low).toBeGreaterThan(-0.12)
})

test('an axis without anything on it still has two ends', () => {
  expect(forestDomain([], [span(null, null, null)], [])).toEqual([-0.01, 0.01])
  expect(ownDomain(span(null, null, null), [])).toEqual([-1, 1])
})

test('a row on its own scale has zero in the middle', () => {
  const [low, high] = ownDomain(span(-0.5, -0.3, -0.1), [0.2])
  expect(low).toBe(-high)
  expect(high).toBeGreaterThan(0.5)
})

test('ends that are unbounded or beyond the axis are open', () => {
  const domain = [-0.1, 0.1] as const
  expect(forestMarks(span(-0.05, 0, 0.05), domain, 220)).toMatchObject({ openLeft: false, openRight: false, mid: 110 })
  expect(forestMarks(span(null, 0, 0.5), domain, 220)).toMatchObject({ openLeft: true, openRight: true, from: 10, to: 210 })
  expect(forestMarks(span(null, null, null), domain, 220)).toBeNull()
})

test('marks stay inside the drawing, and narrow axes have fewer ticks', () => {
  const x = forestScale([-1, 1], 220)
  expect(x(-5)).toBe(10)
  expect(x(5)).toBe(210)
  expect(forestTicks([-0.3, 0.3], 200).length).toBeLessThan(forestTicks([-0.3, 0.3], 400).length)
})
