import { expect, test } from 'vitest'
import { layerProblem, rangeWords, takenByOthers, widestFree } from './layer-range.ts'

const part = (flag: string, from: number, to: number, more: { rule?: string | null; environment?: string; experiment?: string } = {}) => ({ flag, from, to, rule: 'r', environment: 'production', experiment: null, ...more })
const place = { flag: 'express', environment: 'production', rule: 'mine' }

test('others are those of the same environment, without the rule itself', () => {
  const taken = [part('b', 50_000, 60_000), part('a', 0, 20_000), part('express', 20_000, 30_000, { rule: 'mine' }), part('c', 0, 99_000, { environment: 'staging' })]
  expect(takenByOthers({ taken }, place).map(({ flag }) => flag)).toEqual(['a', 'b'])
})

test('the widest gap is free', () => {
  expect(widestFree([])).toEqual({ from: 0, to: 100_000 })
  expect(widestFree([part('a', 0, 20_000), part('b', 50_000, 60_000)])).toEqual({ from: 60_000, to: 100_000 })
  expect(widestFree([part('a', 10_000, 90_000), part('b', 20_000, 30_000)])).toEqual({ from: 0, to: 10_000 })
  expect(widestFree([part('a', 0, 100_000)])).toBeNull()
})

test('a part that somebody has, or that is none, is refused; one that touches is not', () => {
  const others = [part('a', 20_000, 50_000, { experiment: 'EXP-2' })]
  expect(layerProblem({ from: 0, to: 20_000 }, others)).toBeNull()
  expect(layerProblem({ from: 50_000, to: 60_000 }, others)).toBeNull()
  expect(layerProblem({ from: 49_999, to: 60_000 }, others)).toBe('EXP-2 has 20% to 50% already: choose a part that is free.')
  expect(layerProblem({ from: 5, to: 5 }, [])).toBe('A part of a layer ends after it begins.')
  expect(rangeWords({ from: 500, to: 33_333 })).toBe('0.50% to 33.3%')
})
