import { expect, test } from 'vitest'
import { firstFree, freeInstead, overlapProblem, rangeProblem, rangeWords, shareOfLayer, takenByOthers } from './layer-range.ts'

const part = (flag: string, from: number, to: number, more: { rule?: string | null; environment?: string; experiment?: string } = {}) => ({ flag, from, to, rule: 'r', environment: 'production', experiment: null, ...more })

test('others are those of the same environment, without the rule itself', () => {
  const taken = [part('b', 50_000, 60_000), part('a', 0, 20_000), part('express', 20_000, 30_000, { rule: 'mine' }), part('c', 0, 99_000, { environment: 'staging' })]
  expect(takenByOthers({ taken }, { flag: 'express', environment: 'production', rule: 'mine' }).map(({ flag }) => flag)).toEqual(['a', 'b'])
  expect(takenByOthers({ taken: [...taken, part('express', 60_000, 70_000, { rule: null })] }, { flag: 'express', environment: 'production' }).map(({ flag }) => flag)).toEqual(['a', 'express', 'b', 'express'])
})

test('the first gap is free', () => {
  expect(firstFree([])).toEqual({ from: 0, to: 100_000 })
  expect(firstFree([part('a', 0, 20_000), part('b', 50_000, 60_000)])).toEqual({ from: 20_000, to: 50_000 })
  expect(firstFree([part('a', 0, 90_000), part('b', 20_000, 30_000)])).toEqual({ from: 90_000, to: 100_000 })
  expect(firstFree([part('a', 0, 100_000)])).toBeNull()
})

test('instead of a part that is taken comes the first that is as large, else the largest', () => {
  const others = [part('a', 0, 20_000), part('b', 30_000, 60_000)]
  expect(freeInstead({ from: 0, to: 10_000 }, others)).toEqual({ from: 20_000, to: 30_000 })
  expect(freeInstead({ from: 0, to: 30_000 }, others)).toEqual({ from: 60_000, to: 90_000 })
  expect(freeInstead({ from: 0, to: 50_000 }, others)).toEqual({ from: 60_000, to: 100_000 })
  expect(freeInstead({ from: 5, to: 5 }, others)).toEqual({ from: 60_000, to: 100_000 })
  expect(freeInstead({ from: 0, to: 1 }, [part('a', 0, 100_000)])).toBeNull()
})

test('a part that somebody has, or that is none, is told; one that touches is fine', () => {
  const others = [part('a', 20_000, 50_000, { experiment: 'EXP-2' }), part('b', 55_000, 56_000)]
  expect(overlapProblem({ from: 0, to: 20_000 }, others)).toBeNull()
  expect(overlapProblem({ from: 50_000, to: 55_000 }, others)).toBeNull()
  expect(overlapProblem({ from: 49_999, to: 60_000 }, others)).toBe('EXP-2 has 20% to 50% and b has 55% to 56% already: choose a part that is free.')
  expect(rangeProblem({ from: 0, to: 100_000 })).toBeNull()
  expect(rangeProblem({ from: 5, to: 5 })).toBe('Its part of the layer is empty: raise the share above 0%.')
  expect(rangeProblem({ from: 80_000, to: 130_000 })).toBe('Its part would end at 130% of the layer: take less, or start earlier.')
})

test('a part has a share and words', () => {
  expect(shareOfLayer({ from: 20_000, to: 50_000 })).toBe(0.3)
  expect(shareOfLayer({ from: 50_000, to: 20_000 })).toBe(0)
  expect(rangeWords({ from: 500, to: 33_333 })).toBe('0.50% to 33.3%')
})
