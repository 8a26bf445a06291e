import { expect, test } from 'vitest'
import { unitMetricGroups } from '../analysis/unit-metrics.ts'
import type { PlanMetric } from '../contract/experiments.ts'
import { NumberList } from './number-list.ts'
import { cappedParts, personValues, sizesOf } from './person-values.ts'
import type { UnitPart } from './unit-row.ts'

const of = (more: Partial<PlanMetric>, cupedDays: number | null = 14) => {
  const metric: PlanMetric = { key: 'spent', revision: 1, name: 'Spent', role: 'primary', type: 'sum', event: 'order', direction: 'increase', unitLabel: '', windowHours: null, margin: null, ...more }
  const [found] = unitMetricGroups({ metrics: [metric], mode: 'fixed', cupedDays }).flat()
  if (!found) throw new Error('A metric has values.')
  return found
}
const person = (numbers: Partial<Record<UnitPart, number>>) => (part: UnitPart) => numbers[part] ?? 0
const caps = (...pairs: [UnitPart, number][]) => new Map(pairs)

test('a cap lowers what is above it, after and before by their own, and the value without it is kept', () => {
  expect(cappedParts(of({ cap: { value: 5 } }))).toEqual(['value', 'before'])
  expect(personValues(of({ cap: { value: 5 } }), person({ value: 9, before: 7, hadEventBefore: 1 }), caps(['value', 5], ['before', 6]))).toEqual({ after: [5], uncapped: [9], before: [6, 0], isCapped: true })
  expect(personValues(of({ cap: { value: 5 } }), person({ value: 3 }), caps(['value', 5], ['before', 6]))).toEqual({ after: [3], uncapped: [3], before: [0, 1], isCapped: false })
})

test('who has nothing keeps nothing, also under a cap below 0', () => {
  expect(personValues(of({ cap: { value: 5 } }, null), person({ value: 0 }), caps(['value', -2]))).toEqual({ after: [0], uncapped: [0], before: [], isCapped: false })
})

test('a ratio is capped if either part is', () => {
  const ratio = of({ type: 'ratio', denominator: { event: 'visit', aggregate: 'count' }, cap: { percentile: 0.99 } })
  expect(cappedParts(ratio)).toEqual(['value', 'denominator', 'before', 'denominatorBefore'])
  expect(personValues(ratio, person({ value: 2, denominator: 8, before: 1, denominatorBefore: 4 }), caps(['denominator', 6]))).toEqual({ after: [2, 6], uncapped: [2, 8], before: [1, 4], isCapped: true })
})

test('a funnel counts as done at its last step, and nobody without history is taken for one with it', () => {
  const funnel = of({ type: 'funnel', steps: [{ event: 'cart' }, { event: 'paid' }] })
  expect(personValues(funnel, person({ steps: 3, hadEventBefore: 1, before: 1 }), caps())).toMatchObject({ after: [1], before: [1, 0] })
  expect(personValues(funnel, person({ steps: 2 }), caps())).toMatchObject({ after: [0], before: [0, 1] })
  expect(sizesOf(funnel, caps())).toEqual({ after: 1, uncapped: 0, before: 2 })
})

test('numbers come back in order, however many there are', () => {
  const list = new NumberList()
  for (let i = 0; i < 5000; i++) list.add((i * 7919) % 5000)
  expect([list.size, ...list.sorted().slice(0, 3), list.sorted().at(-1)]).toEqual([5000, 0, 1, 2, 4999])
})
