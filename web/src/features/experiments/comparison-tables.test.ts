import { expect, test } from 'vitest'
import { comparisonTables } from './comparison-tables.ts'
import { comparison, metric } from './experiment.samples.ts'

const raw = { diff: 0.02, se: 0.01, p: 0.05, ciLower: 0, ciUpper: 0.04, lift: 0.03, liftLower: 0.001, liftUpper: 0.06 }
const table = (of: ReturnType<typeof metric>, caption: string) => comparisonTables(of, 'control').find((known) => known.caption.startsWith(caption))

test('a plain comparison has its arms, its test and its lift, and no table for what it does not have', () => {
  expect(comparisonTables(metric(), 'control').map(({ caption }) => caption)).toEqual(['People and values per variant', 'Welch’s test on the difference, 95%', 'Fieller’s interval on the lift, 95%'])
  expect(table(metric(), 'People')?.head).toEqual(['Variant', 'People', 'Share', 'Variance'])
})

test('an adjusted comparison shows the raw numbers, what the variance lost and the slopes', () => {
  const adjusted = metric({ comparisons: [comparison({ adjustedP: 0.00007, expectedLoss: 0.0001, adjustment: { method: 'cuped', theta: [0.4, -1.5], varianceReduction: 0.312, raw } })] })
  expect(table(adjusted, 'Welch')).toMatchObject({ caption: 'Welch’s test on the difference, 95%, adjusted by what people did before', rows: [expect.arrayContaining(['0.00007'])] })
  expect(table(adjusted, 'Without the adjustment')?.rows).toEqual([['express', '0.02', '0', '0.04', '0.03', '0.001', '0.06', '0.05', '31.2%', '0.4, −1.5']])
  expect(table(adjusted, 'Fieller')?.rows[0]).toContain('0.0001')
})

test('a capped sum shows how many values the cap met, the totals, and the effect without it', () => {
  const capped = metric({ type: 'sum', arms: metric().arms.map((arm) => ({ ...arm, capped: 12, withEvent: 4000, total: 1234.5 })), comparisons: [comparison({ uncapped: raw })] })
  expect(table(capped, 'People')).toMatchObject({ head: ['Variant', 'People', 'With an event', 'Mean', 'Variance', 'Total', 'Capped'], rows: [['control, control', '10,010', '4,000', '0.612', '0.2375', '1234.5', '12'], expect.anything()] })
  expect(table(capped, 'Without the cap')?.rows).toEqual([['express', '0.02', '0', '0.04', '0.03', '0.001', '0.06', '0.05']])
})

test('a funnel shows its steps, of all and of the step before', () => {
  const funnel = metric({ type: 'funnel', steps: [{ event: 'cart', arms: [{ arm: 'control', units: 500, share: 0.5, ofPrevious: 0.5 }] }, { event: 'order', arms: [{ arm: 'control', units: 100, share: 0.1, ofPrevious: 0.2 }, { arm: 'express', units: 0, share: 0, ofPrevious: null }] }] })
  expect(table(funnel, 'Steps')?.rows).toEqual([['1. cart, control, control', '500', '50.00%', '50.00%'], ['2. order, control, control', '100', '10.00%', '20.00%'], ['2. order, express', '0', '0.00%', '–']])
})

test('an estimate after selection stands shrunk beside the raw one, with how many experiments it rests on', () => {
  expect(table(metric({ comparisons: [comparison({ shrunk: { lift: 0.02, lower: 0.01, upper: 0.03, from: 8 } })] }), 'Drawn')?.rows).toEqual([['express', '0.02', '0.01', '0.03', '8']])
})

test('notes are said in words', () => {
  expect(table(metric({ comparisons: [comparison({ flags: ['not_adjusted_sparse', 'something_new'] })] }), 'Fieller')?.rows[0]?.at(-1)).toBe('not adjusted: too few people have a value, something new')
})
