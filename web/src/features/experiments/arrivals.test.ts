import { expect, test } from 'vitest'
import { arrivalsOf, arrivalsSentence } from './arrivals.ts'
import { analysis } from './experiment.samples.ts'

const known = analysis({ arrivals: [{ day: '2026-11-10', arms: [{ arm: 'express', n: 4 }, { arm: 'control', n: 5 }] }, { day: '2026-11-12', arms: [{ arm: 'control', n: 1 }, { arm: 'express', n: 0 }] }] })

test('a day on which nobody came is a day of zero, not a gap', () => {
  expect(arrivalsOf(known)).toEqual({
    times: [Date.UTC(2026, 10, 10), Date.UTC(2026, 10, 11), Date.UTC(2026, 10, 12)],
    layers: [{ label: 'control', series: 0, values: [5, 0, 1] }, { label: 'express', series: 1, values: [4, 0, 0] }],
  })
})

test('the chart is said in a sentence', () => {
  const arrivals = arrivalsOf(known)
  expect(arrivals && arrivalsSentence(arrivals)).toMatch(/^10 people in 3 days; most on 10 Nov( 2026)?, 9\. On 1 day nobody came\.$/)
})

test('an analysis from before days were kept says nothing', () => {
  expect(arrivalsOf(analysis())).toBeNull()
})
