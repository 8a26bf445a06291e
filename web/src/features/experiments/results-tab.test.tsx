import type { ExperimentDetail } from '@assay/server/contract'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { renderInProject, testMe } from '../../testing/render.tsx'
import { analysis, experiment, sampleSetup, verdict } from './experiment.samples.ts'
import { ResultsTab } from './results-tab.tsx'

const data = [[['flag', 'shop', sampleSetup.flag], { type: 'string', variants: [] }]] as const
const invalid = analysis({ verdict: verdict({ kind: 'invalid', final: false, reasons: [{ code: 'srm' }], sentence: 'Invalid: the split is broken.' }) })

/** The tab as its page shows it: what was asked for once stays shown. */
function Results({ experiment: shown }: { experiment: ExperimentDetail }) {
  const [revealed, setRevealed] = useState(false)
  return <ResultsTab experiment={shown} revealed={revealed} onReveal={() => { setRevealed(true) }} />
}

const broken = experiment({ analysis: invalid, verdict: { kind: 'invalid', final: false, sentence: 'Invalid: the split is broken.' } })

test('broken data hides lift, metrics and exports until it is on record that somebody looks at them', async () => {
  const user = userEvent.setup()
  const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation((at) => Promise.resolve(/numbers-shown$/.test(String(at)) ? new Response(null, { status: 204 }) : Response.json({ error: { code: 'internal', message: 'Nothing here.' } }, { status: 500 })))
  renderInProject(<Results experiment={broken} />, { data })
  expect(await screen.findByText('Not balanced')).toBeDefined()
  expect(screen.queryByText('What changed')).toBeNull()
  expect(screen.queryByText(/Lift so far/)).toBeNull()
  expect(screen.queryByText('Whole page, CSV')).toBeNull()
  await user.click(screen.getByText('Show numbers anyway'))
  expect(await screen.findByText('What changed')).toBeDefined()
  expect(screen.getByText(/Lift so far/)).toBeDefined()
  expect(screen.getByText('Whole page, CSV')).toBeDefined()
  expect(fetched.mock.calls[0]?.[0]).toBe('/api/v1/projects/shop/experiments/EXP-1/numbers-shown')
})

test('where that cannot be recorded the numbers stay hidden', async () => {
  const user = userEvent.setup()
  vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(Response.json({ error: { code: 'internal', message: 'The database is away.' } }, { status: 500 })))
  renderInProject(<Results experiment={broken} />, { data })
  await user.click(await screen.findByText('Show numbers anyway'))
  expect((await screen.findByRole('button', { name: 'Show numbers anyway' })).hasAttribute('data-loading')).toBe(false)
  expect(screen.queryByText('What changed')).toBeNull()
})

test('everything can be downloaded, rows by those who may', async () => {
  const { unmount } = renderInProject(<Results experiment={experiment()} />, { data })
  const user = userEvent.setup()
  expect((await screen.findByText('Whole page, CSV')).closest('a')?.getAttribute('href')).toBe('/api/v1/projects/shop/experiments/EXP-1/results?format=csv')
  await user.click(screen.getByRole('button', { name: 'Events' }))
  expect((await screen.findByRole('menuitem', { name: /Parquet/ })).getAttribute('href')).toBe('/api/v1/projects/shop/exports/events?format=parquet&experiment=EXP-1')
  unmount()
  renderInProject(<Results experiment={experiment()} />, { data, me: { ...testMe, projects: [{ key: 'shop', name: 'Shop', role: 'viewer' }] } })
  expect((await screen.findByRole('button', { name: 'Results' })).getAttribute('aria-disabled')).toBeNull()
  expect(screen.getByRole('button', { name: 'Events' }).getAttribute('aria-disabled')).toBe('true')
})

test('edits after sealing and the decision stand on the page', async () => {
  const decision = { choice: 'remove', variant: null, note: 'It is too dear.', learning: 'People do not mind the form.', differsFromVerdict: true, by: 'Ada Admin', at: '2026-11-25T10:00:00Z' } as const
  renderInProject(<Results experiment={experiment({ status: 'decided', decision, deviations: [{ what: 'hypothesis minimumEffect', registered: '0.02', now: '0.01' }] })} />, { data })
  expect(await screen.findByText('People do not mind the form.')).toBeDefined()
  expect(screen.getByText('Differs from the verdict')).toBeDefined()
  expect(screen.getByText('1 deviation from the plan')).toBeDefined()
  expect(screen.getByText(/: Hypothesis, smallest effect\./)).toBeDefined()
  expect(screen.getByRole('link', { name: 'Who did it, when and why' }).getAttribute('href')).toBe('/p/shop/experiments/EXP-1/setup')
  expect(screen.queryByText('Record the decision')).toBeNull()
})

test('a draft has nothing to read, and says where it is set up', async () => {
  renderInProject(<Results experiment={experiment({ status: 'draft', analysis: null, verdict: null, plan: null, planHash: null })} />, { data })
  expect((await screen.findByRole('link', { name: 'See what it needs to start' })).getAttribute('href')).toBe('/p/shop/experiments/EXP-1/setup')
})
