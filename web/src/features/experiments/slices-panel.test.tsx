import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { SlicesPanel } from './slices-panel.tsx'

const metric = { key: 'completion', name: 'Completion', type: 'conversion', direction: 'increase', unitLabel: '' } as const
const attributes = [{ name: 'country', values: 2, people: 200 }, { name: 'plan', values: 3, people: 150 }]
const base = { experiment: 'EXP-1', phase: 1, at: '2026-11-24T12:00:00Z', attributes }
const arms = [{ arm: 'control', exposed: 100, n: 100, mean: 0.5 }, { arm: 'express', exposed: 101, n: 101, mean: 0.52 }]
const effect = { arm: 'express', status: 'ok', flags: [], diff: 0.02, se: 0.005, p: 0.0001, ciLower: 0.01, ciUpper: 0.03, lift: 0.04, liftLower: 0.02, liftUpper: 0.06, chanceBetter: 0.99, adjustedP: 0.0002, shrunkLift: 0.035 }
const splitOf = (by: 'attribute' | 'first_day', attribute: string | null, value: string) => ({
  ...base,
  split: { by, attribute, metric, control: 'control', slices: [{ kind: 'value', value, arms, comparisons: [effect], srm: null }], heterogeneity: [{ arm: 'express', values: 1, q: null, df: null, p: null, i2: null, reversalP: null, pooledLift: null }] },
})
const data = [
  [['dimension', 'shop', 'EXP-1', {}], { ...base, split: null }],
  [['dimension', 'shop', 'EXP-1', { by: 'attribute', attribute: 'country' }], splitOf('attribute', 'country', 'Sweden')],
  [['dimension', 'shop', 'EXP-1', { by: 'attribute', attribute: 'plan' }], { ...base, split: { ...splitOf('attribute', 'plan', '').split, slices: [] } }],
  [['dimension', 'shop', 'EXP-1', { by: 'first_day' }], splitOf('first_day', null, '2026-11-05')],
] as const

test('the attribute that most exposures carried is shown first, and another is one press away', async () => {
  const user = userEvent.setup()
  renderInProject(<SlicesPanel experiment="EXP-1" />, { data })
  expect(await screen.findByRole('img', { name: 'Sweden: +4.0%, interval +2.0% to +6.0%' })).toBeDefined()
  expect(screen.getByText('Explore only. These were not part of the rule.')).toBeDefined()
  await user.click(screen.getByRole('radio', { name: 'Day they came' }))
  expect(await screen.findByRole('rowheader', { name: '5 Nov' })).toBeDefined()
})

test('the address keeps what people are told apart by, and what nobody carried says so', async () => {
  renderInProject(<SlicesPanel experiment="EXP-1" />, { data, path: '/experiments/EXP-1?split=plan' })
  expect(await screen.findByText(/No exposure of this phase carried plan/)).toBeDefined()
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'plan' }).checked).toBe(true)
})
