import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { HypothesesPage } from './hypotheses-page.tsx'
import { running, written } from './hypothesis.samples.ts'

const data = [
  [['hypotheses', 'shop'], { hypotheses: [written] }],
  [['experiments', 'shop'], { experiments: [running] }],
  [['metrics', 'shop'], { metrics: [] }],
  [['cohorts', 'shop'], { cohorts: [] }],
] as const

test('the board is what opens', async () => {
  renderInProject(<HypothesesPage />, { path: '/hypotheses', data })
  expect(await screen.findByRole('region', { name: 'Hypotheses by level' })).toBeDefined()
})

test('an address may open the list, with where each stands', async () => {
  renderInProject(<HypothesesPage />, { path: '/hypotheses?view=list', data })
  const row = await screen.findByRole('row', { name: /Express pay at checkout/ })
  expect(row.textContent).toContain('orders +2%')
})

test('an address may open the timeline, whose bars lead to their experiments', async () => {
  renderInProject(<HypothesesPage />, { path: '/hypotheses?view=timeline', data })
  expect((await screen.findByRole('link', { name: /^EXP-4, 3 May/ })).getAttribute('href')).toBe('/p/shop/experiments/EXP-4')
  expect(screen.getByRole('img', { name: /^Written on 1 May/ })).toBeDefined()
})
