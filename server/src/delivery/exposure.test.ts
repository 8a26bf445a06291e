import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Exposure, nextExposure } from './exposure.ts'
import type { Reach } from './reach.ts'

/** One step an hour. */
function follow(...reaches: Reach[]) {
  let exposure: Exposure | null = null
  return reaches.map((reach, hour) => {
    const step = nextExposure(exposure, { at: new Date(hour * 3_600_000), reach })
    exposure = step.exposure
    return { since: step.exposure ? step.exposure.since.getTime() / 3_600_000 : null, completes: step.completes }
  })
}

test('an exposure begins when somebody is reached and is complete when everybody is', () => {
  expect(follow('nobody', 'somebody', 'somebody', 'everybody')).toEqual([{ since: null, completes: false }, { since: 1, completes: false }, { since: 1, completes: false }, { since: 1, completes: true }])
})

test('everybody at once begins and completes in one change', () => {
  expect(follow('everybody')).toEqual([{ since: 0, completes: true }])
})

test('going back to a share and up again does not complete twice', () => {
  expect(follow('somebody', 'everybody', 'somebody', 'everybody').map(({ completes }) => completes)).toEqual([false, true, false, false])
})

test('after it reached nobody, it is a new exposure', () => {
  expect(follow('somebody', 'everybody', 'nobody', 'somebody', 'everybody')).toEqual([
    { since: 0, completes: false }, { since: 0, completes: true }, { since: null, completes: false }, { since: 3, completes: false }, { since: 3, completes: true },
  ])
})

test('whatever happens, an exposure completes at most once, where everybody is reached, and never before it began', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom<Reach>('nobody', 'somebody', 'everybody'), { maxLength: 40 }), (reaches) => {
    const steps = follow(...reaches)
    const completed = steps.flatMap(({ since, completes }, hour) => (completes ? [{ since, hour }] : []))
    expect(new Set(completed.map(({ since }) => since)).size).toBe(completed.length)
    for (const { since, hour } of completed) {
      expect(reaches[hour]).toBe('everybody')
      expect(since).not.toBeNull()
      expect(since ?? Infinity).toBeLessThanOrEqual(hour)
    }
    const periods = new Set(steps.flatMap(({ since }) => (since === null ? [] : [since])))
    for (const start of periods) {
      const reached = steps.some((step, hour) => step.since === start && reaches[hour] === 'everybody')
      expect(completed.some(({ since }) => since === start)).toBe(reached)
    }
  }))
})
