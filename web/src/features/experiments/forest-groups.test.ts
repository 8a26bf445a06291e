import { expect, test } from 'vitest'
import { analysis, comparison, metric } from './experiment.samples.ts'
import { forestGroups, sharedDomain } from './forest-groups.ts'

test('metrics are grouped by what they are for, in reading order', () => {
  const groups = forestGroups(analysis(), 0.02, 'relative')
  expect(groups.map((group) => [group.title, group.metrics.map(({ metric: { key } }) => key)])).toEqual([['Decides', ['completion']], ['Explains', ['revenue']], ['Must not get worse', ['errors']]])
  expect(forestGroups(analysis({ metrics: [metric()] }), 0.02, 'relative').map((group) => group.role)).toEqual(['primary'])
})

test('a row says its levels, change, interval and unit', () => {
  const [decides, explains, guards] = forestGroups(analysis(), 0.02, 'relative')
  expect(decides?.metrics[0]).toMatchObject({ control: '61.2%', unit: 'of people', target: 0.02 })
  expect(decides?.metrics[0]?.lines[0]).toMatchObject({ value: '63.4%', change: '+3.6%', interval: '+1.9% to +5.3%', tone: 'win', series: 1, decidedBy: null })
  expect(explains?.metrics[0]?.unit).toBe('EUR per person')
  expect(guards?.metrics[0]).toMatchObject({ unit: 'of people, lower is better', limit: { at: 0.05, worse: 'above' } })
  expect(guards?.metrics[0]?.lines[0]?.tone).toBe('flat')
})

test('relative rows share one axis, absolute rows have their own with zero in the middle', () => {
  const relative = forestGroups(analysis(), 0.02, 'relative').flatMap((group) => group.metrics.flatMap((row) => row.lines.map((line) => line.domain)))
  expect(new Set(relative.map((domain) => domain.join())).size).toBe(1)
  expect(sharedDomain(forestGroups(analysis(), 0.02, 'relative'))).toEqual(relative[0])
  const [decides] = forestGroups(analysis(), 0.02, 'absolute')
  const line = decides?.metrics[0]?.lines[0]
  expect(line?.change).toBe('+2.2 points')
  expect(line?.interval).toBe('+1.2 to +3.2 points')
  expect(line?.domain[0]).toBe(-(line?.domain[1] ?? 0))
  expect(decides?.metrics[0]?.target).toBeCloseTo(0.02 * 0.612)
})

test('every treatment has a line of its own, with its own colour', () => {
  const arms = [{ arm: 'control', n: 10, weight: 1 }, { arm: 'a', n: 10, weight: 1 }, { arm: 'b', n: 10, weight: 1 }]
  const groups = forestGroups(analysis({ arms, metrics: [metric({ comparisons: [comparison({ arm: 'a' }), comparison({ arm: 'b', lift: null, liftLower: null, liftUpper: null })], readings: [] })] }), 0.02, 'relative')
  expect(groups[0]?.metrics[0]?.lines.map((line) => [line.arm, line.series, line.reading, line.change])).toEqual([['a', 1, 'no_answer', '+3.6%'], ['b', 2, 'no_answer', 'No relative change']])
})

test('nobody to compare and nothing to compare with are told apart', () => {
  const words = (change: Parameters<typeof comparison>[0]) => forestGroups(analysis({ metrics: [metric({ comparisons: [comparison(change)] })] }), 0.02, 'relative')[0]?.metrics[0]?.lines[0]?.change
  expect(words({ lift: null, liftLower: null, liftUpper: null })).toBe('No relative change')
  expect(words({ diff: null, lift: null, liftLower: null, liftUpper: null })).toBe('No estimate')
})

test('the interval that decided is the one shown, and is named', () => {
  const decidedBy = { method: 'always_valid', p: null, ciLower: null, ciUpper: null, liftLower: null, liftUpper: null }
  const [decides] = forestGroups(analysis({ metrics: [metric({ comparisons: [comparison({ decidedBy })] })] }), 0.02, 'relative')
  expect(decides?.metrics[0]?.lines[0]).toMatchObject({ interval: 'No interval yet', decidedBy: 'always-valid interval' })
})

test('a metric that should fall has its target below zero, and a guardrail that should rise its limit', () => {
  const [decides, guards] = forestGroups(analysis({ metrics: [metric({ direction: 'decrease' }), metric({ role: 'guardrail', margin: 0.1 })] }), 0.02, 'relative')
  expect(decides?.metrics[0]?.target).toBe(-0.02)
  expect(guards?.metrics[0]?.limit).toEqual({ at: -0.1, worse: 'below' })
})

test('what the change rests on is noted: an adjustment, a cap, and what experiments on the metric usually find', () => {
  const raw = { diff: 0.02, se: 0.01, p: 0.05, ciLower: 0, ciUpper: 0.04, lift: 0.03, liftLower: 0, liftUpper: 0.06 }
  const noted = metric({
    arms: metric().arms.map((arm) => ({ ...arm, capped: 6 })),
    comparisons: [comparison({ adjustment: { method: 'cuped', theta: [0.4], varianceReduction: 0.31, raw }, shrunk: { lift: 0.021, lower: 0.01, upper: 0.03, from: 7 } })],
  })
  const notes = (of: ReturnType<typeof metric>) => forestGroups(analysis({ metrics: [of] }), null, 'relative')[0]?.metrics[0]?.lines[0]?.notes
  expect(notes(noted)).toEqual(['adjusted, 31% less variance', '12 values capped', '+2.1% in view of 7 experiments'])
  expect(notes(metric())).toEqual([])
})
