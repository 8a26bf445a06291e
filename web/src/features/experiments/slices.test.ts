import { expect, test } from 'vitest'
import { sliceDomain, sliceRows, togetherWords, type Split } from './slices.ts'

const comparison = (change: Partial<Split['slices'][number]['comparisons'][number]> = {}): Split['slices'][number]['comparisons'][number] => ({
  arm: 'express', status: 'ok', flags: [], diff: 0.02, se: 0.005, p: 0.0001, ciLower: 0.01, ciUpper: 0.03, lift: 0.04, liftLower: 0.02, liftUpper: 0.06, adjustedP: 0.0002, shrunkLift: 0.035, ...change,
})
const slice = (value: string, change: Partial<Split['slices'][number]> = {}): Split['slices'][number] => ({
  kind: 'value', value, arms: [{ arm: 'control', exposed: 1000, n: 1000, mean: 0.5 }, { arm: 'express', exposed: 1010, n: 1010, mean: 0.52 }], comparisons: [comparison()], srm: { p: 0.8, adjustedP: 1 }, ...change,
})
const split = (change: Partial<Split> = {}): Split => ({
  by: 'attribute', attribute: 'country', metric: { key: 'completion', name: 'Completion', type: 'conversion', direction: 'increase', unitLabel: '' }, control: 'control', slices: [slice('DE')],
  heterogeneity: [{ arm: 'express', values: 2, q: 1, df: 1, p: 0.32, i2: 0, reversalP: 1, pooledLift: 0.03 }], ...change,
})

test('a value says its people, its lift and what it is drawn to', () => {
  expect(sliceRows(split())).toEqual([{ key: 'value DE', name: 'DE', people: '2,010', uneven: false, lines: [{ arm: 'express', series: 1, span: { lower: 0.02, mid: 0.04, upper: 0.06 }, tone: 'win', change: '+4.0%', interval: '+2.0% to +6.0%', shrunk: '+3.5%' }] }])
})

test.each([
  ['increase', comparison(), 'win'],
  ['decrease', comparison(), 'loss'],
  ['increase', comparison({ lift: -0.04 }), 'loss'],
  ['increase', comparison({ adjustedP: 0.06 }), 'flat'],
  ['increase', comparison({ adjustedP: null }), 'flat'],
] as const)('where %s is better, colour follows the p-value that allows for every value', (direction, found, tone) => {
  expect(sliceRows(split({ metric: { ...split().metric, direction }, slices: [slice('DE', { comparisons: [found] })] }))[0]?.lines[0]?.tone).toBe(tone)
})

test('what is no value has words, an uneven one is told, and what has no estimate stays empty', () => {
  const none = comparison({ lift: null, liftLower: null, liftUpper: null, adjustedP: null, shrunkLift: null })
  const rows = sliceRows(split({ slices: [slice('', { kind: 'other' }), slice('', { kind: 'missing', srm: { p: 0.001, adjustedP: 0.003 } }), slice('', { comparisons: [none], srm: null })] }))
  expect(rows.map(({ name, uneven }) => [name, uneven])).toEqual([['All other values', false], ['Not recorded', true], ['Empty', false]])
  expect(rows[2]?.lines[0]).toMatchObject({ change: 'No estimate', interval: '', shrunk: null, tone: 'flat' })
  expect(sliceRows(split({ by: 'first_day', slices: [slice('2026-11-05')] }))[0]?.name).toBe('5 Nov')
})

test('the axis keeps every estimate and cuts what would squash them', () => {
  const wide = slice('XX', { comparisons: [comparison({ lift: 0.05, liftLower: -4, liftUpper: 4 })] })
  const [low, high] = sliceDomain(sliceRows(split({ slices: [slice('DE'), wide] })))
  expect([low > -0.2, high > 0.06, high < 0.2]).toEqual([true, true, true])
})

test.each([
  [{}, 'Nothing says that the values differ: differences this large come by luck 32 times in 100. Read them as one, +3.0%.'],
  [{ p: 0.01, reversalP: 0.3 }, 'The values differ: differences this large come by luck 1 time in 100. Worth a hypothesis of its own.'],
  [{ p: 0.01, reversalP: 0.02 }, 'Some gain where others lose: differences this large come by luck 1 time in 100. Worth a hypothesis of its own.'],
  [{ p: null, values: 1 }, 'Fewer than two values have an estimate, so there is nothing to compare.'],
  [{ p: null, values: 3 }, 'Whether the values differ cannot be told.'],
])('whether the values differ comes first, in words', (change, words) => {
  const [found] = split().heterogeneity
  expect(togetherWords(split({ heterogeneity: found ? [{ ...found, ...change }] : [] }), false)).toEqual([words])
})

test('several variants are named', () => {
  expect(togetherWords(split(), true)[0]).toMatch(/^express: Nothing says/)
})
