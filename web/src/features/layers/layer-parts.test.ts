import { expect, test } from 'vitest'
import { layerIn } from './layer-parts.ts'

const environments = [{ key: 'staging' }, { key: 'production' }]
const part = (flag: string, environment: string, from: number, to: number, experiment: string | null = null) => ({ flag, environment, rule: 'r', experiment, from, to })

test('a layer is read environment by environment, from the lowest bucket up', () => {
  const read = layerIn({ taken: [part('b', 'production', 40_000, 70_000), part('a', 'production', 0, 40_000, 'EXP-1'), part('a', 'staging', 0, 40_000, 'EXP-1')] }, environments)
  expect(read.map(({ environment, parts, free }) => [environment, parts.map(({ flag }) => flag).join(' '), Math.round(free * 100)])).toEqual([['staging', 'a', 60], ['production', 'a b', 30]])
})

test('one taker has one colour in every environment', () => {
  const [staging, production] = layerIn({ taken: [part('b', 'production', 40_000, 70_000), part('a', 'production', 0, 40_000, 'EXP-1'), part('a', 'staging', 0, 40_000, 'EXP-1')] }, environments)
  expect(staging?.parts.map(({ series }) => series)).toEqual([2])
  expect(production?.parts.map(({ series }) => series)).toEqual([2, 1])
})

test('an unused layer is taken nowhere', () => {
  expect(layerIn({ taken: [] }, environments)).toEqual([])
})
