import { expect, test } from 'vitest'
import { spreadLabels } from './spread-labels.ts'

test('labels that are apart stay where they are', () => {
  expect(spreadLabels([10, 40, 80], 14, [0, 100])).toEqual([10, 40, 80])
})

test('labels that collide keep their order and a gap', () => {
  expect(spreadLabels([50, 48, 52], 14, [0, 100])).toEqual([62, 48, 76])
})

test('labels at the end are pushed back inside', () => {
  expect(spreadLabels([95, 98], 14, [0, 100])).toEqual([86, 100])
})
