import { expect, test } from 'vitest'
import { namingOf } from '../../ui/serve/naming.ts'
import { usageSentence, usageStack } from './usage-stack.ts'

const naming = namingOf([{ key: 'control', name: 'Control' }, { key: 'express', name: 'Express' }])
const now = new Date('2026-11-25T12:20:00Z')
const usage = {
  stepMinutes: 60,
  points: [
    { at: '2026-11-25T10:00:00Z', variant: 'express', count: 5 },
    { at: '2026-11-25T12:00:00Z', variant: 'control', count: 7 },
    { at: '2026-11-25T12:00:00Z', variant: null, count: 2 },
    { at: '2026-11-25T12:00:00Z', variant: 'gone', count: 1 },
  ],
}

test('steps without a decision are zeroes, and layers stand in the order of the variants', () => {
  const stack = usageStack(usage, { hours: 3, variants: ['control', 'express'], naming, now })
  expect(stack.times.map((at) => new Date(at).toISOString().slice(11, 16))).toEqual(['09:00', '10:00', '11:00', '12:00'])
  expect(stack.layers).toEqual([
    { label: 'Control', series: 0, values: [0, 0, 0, 7] },
    { label: 'Express', series: 1, values: [0, 5, 0, 0] },
    { label: 'gone', series: 0, values: [0, 0, 0, 1] },
    { label: "the default in the caller's code", series: null, values: [0, 0, 0, 2] },
  ])
})

test('a variant that nobody got has no layer', () => {
  expect(usageStack({ stepMinutes: 60, points: [] }, { hours: 1, variants: ['control'], naming, now }).layers).toEqual([])
})

test('the chart is told in a sentence', () => {
  expect(usageSentence([{ variant: 'control', count: 30 }, { variant: null, count: 10 }], '24 hours', naming)).toBe("40 decisions in 24 hours: Control 75%, the default in the caller's code 25%.")
  expect(usageSentence([], '7 days', naming)).toBe('No decisions in 7 days.')
})
