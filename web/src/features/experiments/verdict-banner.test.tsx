import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderUi } from '../../testing/render.tsx'
import { analysis, experiment, verdict } from './experiment.samples.ts'
import { VerdictBanner } from './verdict-banner.tsx'

const shown = (change: Parameters<typeof verdict>[0], revealed = false) => {
  const found = analysis({ verdict: verdict(change) })
  return renderUi(<VerdictBanner experiment={experiment({ analysis: found, verdict: { kind: found.verdict.kind, final: found.verdict.final, sentence: found.verdict.sentence } })} revealed={revealed} />)
}

test('a verdict says its headline, the sentence of the server, its number and the rule', () => {
  shown({})
  const banner = screen.getByRole('region', { name: 'The change beats control. Ship it.' })
  expect(within(banner).getByText('Confirmed: express improved Checkout completion: it went from 61.2% to 63.4%.')).toBeDefined()
  expect(within(banner).getByText('+3.6%')).toBeDefined()
  expect(within(banner).getByText('+1.9% to +5.3%, 95% interval')).toBeDefined()
  expect(within(banner).getByRole('img', { name: 'Checkout completion: +3.6%, +1.9% to +5.3%' })).toBeDefined()
  expect(within(banner).getAllByRole('img', { name: 'Holds' })).toHaveLength(2)
  expect(within(banner).getByRole('img', { name: 'Not known yet' })).toBeDefined()
})

test.each([
  [{ kind: 'harmful', reasons: [{ code: 'primary_worse', arm: 'express' }] }, 'The change is worse than control. Stop it.'],
  [{ kind: 'rejected', reasons: [{ code: 'mde_ruled_out', arm: 'express' }] }, 'No effect worth having'],
  [{ kind: 'inconclusive', final: false, reasons: [{ code: 'running', arm: 'express' }] }, 'Too early to read'],
  [{ kind: 'inconclusive', final: true, reasons: [{ code: 'underpowered', arm: 'express' }] }, 'It could still go either way'],
] as const)('%j reads "%s"', (change, headline) => {
  shown({ ...change, reasons: [...change.reasons] })
  expect(screen.getByRole('heading', { name: headline })).toBeDefined()
})

test('numbers that are not to be believed are hidden until somebody asks', () => {
  const invalid = { kind: 'invalid', final: false, reasons: [{ code: 'srm' }], sentence: 'Invalid: the arms did not fill in the planned ratio.' } as const
  const { unmount } = shown({ ...invalid, reasons: [...invalid.reasons] })
  expect(screen.getByRole('heading', { name: 'The groups are not balanced' })).toBeDefined()
  expect(screen.queryByText('+3.6%')).toBeNull()
  expect(screen.queryByText(/changes by/)).toBeNull()
  expect(screen.getByText('The arms filled in the planned ratio')).toBeDefined()
  unmount()
  shown({ ...invalid, reasons: [...invalid.reasons] }, true)
  expect(screen.getByText('+3.6%')).toBeDefined()
})

test('before the first analysis there is nothing but waiting', () => {
  renderUi(<VerdictBanner experiment={experiment({ analysis: null, verdict: null })} revealed={false} />)
  expect(screen.getByRole('heading', { name: 'Waiting for the first people' })).toBeDefined()
  expect(screen.queryByText(/Decision rule/)).toBeNull()
})
