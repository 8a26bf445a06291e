import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderUi } from '../../testing/render.tsx'
import { analysis, comparison, metric } from './experiment.samples.ts'
import { ForestTable } from './forest-table.tsx'

test('every metric has a row with words for its plot, and its numbers on request', async () => {
  const user = userEvent.setup()
  renderUi(<ForestTable analysis={analysis()} minimumEffect={0.02} />)
  expect(screen.getByRole('img', { name: 'Checkout completion: +3.6%, interval +1.9% to +5.3%' })).toBeDefined()
  expect(screen.queryByText('0.2375')).toBeNull()
  const name = screen.getByRole('button', { name: 'Checkout completion' })
  await user.click(name)
  expect(name.getAttribute('aria-expanded')).toBe('true')
  for (const number of ['0.2375', '0.0053', '4.15', '19990', '0.000034', '0.0116']) expect(screen.getByText(number)).toBeDefined()
  await user.click(name)
  expect(screen.queryByText('0.2375')).toBeNull()
})

test('absolute differences are in the unit of the metric', async () => {
  const user = userEvent.setup()
  renderUi(<ForestTable analysis={analysis()} minimumEffect={0.02} />)
  await user.click(screen.getByRole('radio', { name: 'Absolute' }))
  expect(screen.getByText('+2.2 points')).toBeDefined()
  expect(screen.getByText('+0.090 EUR')).toBeDefined()
})

test('every treatment has a row of its own that names it and says how its interval was computed', () => {
  const arms = ['control', 'a', 'b'].map((arm) => ({ arm, n: 10, weight: 1 }))
  const decidedBy = { method: 'always_valid', p: 0.2, ciLower: -0.01, ciUpper: 0.05, liftLower: -0.02, liftUpper: 0.09 }
  renderUi(<ForestTable analysis={analysis({ arms, metrics: [metric({ comparisons: [comparison({ arm: 'a', decidedBy }), comparison({ arm: 'b' })], readings: [{ arm: 'a', reading: 'unclear' }, { arm: 'b', reading: 'better' }] })] })} minimumEffect={0.02} />)
  const rows = screen.getAllByRole('row').filter((row) => within(row).queryByRole('img') !== null)
  expect(rows).toHaveLength(2)
  expect(within(rows[0] as HTMLElement).getByText('always-valid interval')).toBeDefined()
  expect(within(rows[0] as HTMLElement).getByText('Unclear')).toBeDefined()
  expect(within(rows[1] as HTMLElement).getByText('b')).toBeDefined()
  expect(within(rows[1] as HTMLElement).getByText('Better')).toBeDefined()
})
