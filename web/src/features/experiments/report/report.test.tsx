import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderUi } from '../../../testing/render.tsx'
import { analysis, experiment, samplePlan, verdict } from '../experiment.samples.ts'
import { Report } from './report.tsx'
import { standaloneHtml } from './standalone-html.ts'

const hash = 'ab'.repeat(32)
const show = (of = experiment()) => renderUi(<Report experiment={of} plan={samplePlan} planHash={hash} project="Shop" />)

test('the report says what was asked, what came out and what it rests on', () => {
  show(experiment({ endedAt: '2026-11-24T12:00:00Z' }))
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Express pay at checkout')
  expect(within(screen.getByRole('region', { name: 'Verdict' })).getByRole('heading').textContent).toBe('The change beats control. Ship it.')
  expect(screen.getAllByRole('row')).toHaveLength(4)
  expect(screen.getByText('Yes: nothing that was registered has been changed since.')).toBeDefined()
  expect(screen.getByText('Nothing has been decided yet. Rafael Souza decides.')).toBeDefined()
  expect(screen.getByText(hash)).toBeDefined()
})

test('a decision against the verdict and what was learned are told', () => {
  const decision = { choice: 'remove', variant: null, note: 'It is too dear.', learning: 'People do not mind the form.', differsFromVerdict: true, by: 'Ada Admin', at: '2026-11-25T10:00:00Z' } as const
  show(experiment({ status: 'decided', decision, deviations: [{ what: 'hypothesis minimumEffect', registered: '0.02', now: '0.01' }] }))
  expect(screen.getByText('Remove the change').parentElement?.textContent).toMatch(/, decided by Ada Admin on .+, against the verdict\. It is too dear\./)
  expect(screen.getByText(/People do not mind the form\./)).toBeDefined()
  expect(screen.getByText('hypothesis minimumEffect: registered 0.02, now 0.01')).toBeDefined()
})

test('numbers that are not to be believed are not printed', () => {
  const invalid = analysis({ verdict: verdict({ kind: 'invalid', final: false, reasons: [{ code: 'srm' }], sentence: 'Invalid: the split is broken.' }) })
  show(experiment({ analysis: invalid, verdict: { kind: 'invalid', final: false, sentence: 'Invalid: the split is broken.' } }))
  expect(screen.queryByRole('table')).toBeNull()
  expect(screen.getByText('They are not shown, because the data they come from is not sound.')).toBeDefined()
})

test('the saved file has the styles that reach the report, no others and no script', () => {
  const style = document.createElement('style')
  style.textContent = '.paper p { color: black; } .elsewhere { color: red; } @media print { .paper { width: 718px; } .elsewhere { width: 1px; } }'
  document.head.append(style)
  const { container } = renderUi(<div className="paper"><p>Fish &amp; chips</p></div>)
  const paper = container.querySelector('.paper')
  if (!paper) throw new Error('Nothing is shown.')
  const html = standaloneHtml(paper, 'EXP-1: a < b')
  style.remove()
  expect(html).toContain('<title>EXP-1: a &lt; b</title>')
  expect(html).toContain('<p>Fish &amp; chips</p>')
  expect(html).toMatch(/\.paper p/)
  expect(html).toMatch(/@media print \{\s*\.paper \{/)
  expect(html).not.toMatch(/elsewhere|<script/)
})
