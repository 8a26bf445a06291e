import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderUi } from '../testing/render.tsx'
import { LiftBand } from './lift-band.tsx'
import { liftSeries } from './lift-series.ts'
import { LiftTable } from './lift-table.tsx'

const daily = ['2026-11-01', '2026-11-02', '2026-11-03'].flatMap((day, index) => ['a', 'b'].map((arm) => ({ day, arm, n: 100 * (index + 1), lift: 0.01 * (index + 1), lower: index === 0 ? null : -0.02, upper: index === 0 ? null : 0.08 })))
const series = liftSeries(daily, ['a', 'b'])

test('the chart says the newest day in a sentence', () => {
  renderUi(<LiftBand series={series} target={0.02} plannedDays={7} running />)
  const words = screen.getByRole('img').getAttribute('aria-label')
  expect(words).toContain('Day 3: a +3.0%, from −2.0% to +8.0%; b +3.0%')
  expect(words).toContain('Target +2%')
  expect(screen.getByText('4 days left')).toBeDefined()
})

test('arrow keys walk the days, and say each', () => {
  renderUi(<LiftBand series={series} target={null} plannedDays={null} running={false} />)
  const slider = screen.getByRole('slider', { name: 'Day' })
  fireEvent.focus(slider)
  fireEvent.change(slider, { target: { value: '0' } })
  expect(slider.getAttribute('aria-valuetext')).toContain('Day 1: a +1.0%')
  expect(screen.getAllByText('Too few people for an interval')).toHaveLength(2)
  fireEvent.blur(slider)
  expect(screen.queryByText('Too few people for an interval')).toBeNull()
})

test('nothing is drawn, and said, before there is a day', () => {
  renderUi(<LiftBand series={liftSeries([], ['a'])} target={0.02} plannedDays={7} running />)
  expect(screen.getByRole('img').getAttribute('aria-label')).toBe('Lift by day: no estimate yet. Target +2%.')
})

test('the table says the same, newest day first', () => {
  renderUi(<LiftTable series={series} />)
  const [, newest, , second] = screen.getAllByRole('row')
  expect(newest?.textContent).toContain('+3.0%−2.0% to +8.0%300')
  expect(second?.textContent).toContain('+2.0%')
})
