import { expect, test } from 'vitest'
import { highestSum, stackEdges } from './stacked-series.ts'

const layers = [{ label: 'Control', series: 0, values: [1, 2, 0] }, { label: 'Express', series: 1, values: [3, 0, 4] }]

test('every layer stands on those below it', () => {
  expect(stackEdges(layers)).toEqual([[[0, 1], [0, 2], [0, 0]], [[1, 4], [2, 2], [0, 4]]])
})

test('the axis reaches the highest sum, and exists without any', () => {
  expect(highestSum(layers)).toBe(4)
  expect(highestSum([{ label: 'Control', series: 0, values: [0, 0] }])).toBe(1)
  expect(highestSum([])).toBe(1)
})
