import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { ExperimentsPage } from './experiments-page.tsx'
import { experiment } from './experiment.samples.ts'

const show = (experiments: readonly unknown[]) => renderInProject(<ExperimentsPage />, { path: '/experiments', data: [[['experiments', 'shop'], { experiments }]] })

test('each experiment says what it tests, where it stands and what the rule says', async () => {
  show([experiment({ key: 'EXP-2', title: 'Gift wrap', status: 'draft', verdict: null, startedAt: null, people: 0 }), experiment()])
  expect(await screen.findByText('Express pay at checkout')).toBeDefined()
  expect(screen.getByText('EXP-1, tests H-1')).toBeDefined()
  expect(screen.getByText('Better, ship it')).toBeDefined()
  expect(screen.getByText('Fail fast', { exact: false, selector: 'tr:last-child span' })).toBeDefined()
  expect(screen.getByText('20,000')).toBeDefined()
  expect(screen.getByText('None yet')).toBeDefined()
})

test('a view shows those that stand there', async () => {
  const user = userEvent.setup()
  show([experiment({ key: 'EXP-2', title: 'Gift wrap', status: 'draft', verdict: null, startedAt: null, people: 0 }), experiment()])
  await user.click(await screen.findByRole('tab', { name: /Drafts/ }))
  expect(await screen.findByText('1 of 2 experiments')).toBeDefined()
  expect(screen.queryByText('Express pay at checkout')).toBeNull()
})

test('without experiments the way leads to hypotheses', async () => {
  show([])
  expect(await screen.findByText('Nothing is being tested yet')).toBeDefined()
  expect(screen.getByRole('link', { name: 'Go to hypotheses' }).getAttribute('href')).toBe('/p/shop/hypotheses')
})
