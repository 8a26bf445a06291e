import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderUi } from '../testing/render.tsx'
import { DayTable } from './day-table.tsx'

test('the table says what the bars say, newest day first', () => {
  renderUi(<DayTable days={[{ day: '2026-11-01', events: 1200, units: 300 }, { day: '2026-11-02', events: 7, units: 5 }]} />)
  const [, newest, oldest] = screen.getAllByRole('row', { hidden: true })
  if (!newest || !oldest) throw new Error('There are two days.')
  expect(within(newest).getAllByRole('cell', { hidden: true }).map(({ textContent }) => textContent?.slice(0, 5))).toEqual(['2 Nov', '7', '5'])
  expect(within(oldest).getAllByRole('cell', { hidden: true }).at(1)?.textContent).toBe('1,200')
})
