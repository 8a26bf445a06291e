import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderUi } from '../testing/render.tsx'
import { PunchCard } from './punch-card.tsx'

test('it is read from the busiest hour on, by arrow keys', () => {
  const { container } = renderUi(<PunchCard hours={[{ weekday: 2, hour: 9, changes: 7 }, { weekday: 7, hour: 23, changes: 1 }]} label="8 changes" />)
  expect(screen.getByRole('img', { name: '8 changes' })).toBeDefined()
  const slider = screen.getByRole('slider', { name: 'Hour of the week' })
  fireEvent.focus(slider)
  expect(slider.getAttribute('aria-valuetext')).toBe('Tuesday, 09:00 to 10:00: 7 changes')
  expect(container.querySelector('p')?.textContent).toBe('Tuesday, 09:00 to 10:00: 7 changes')
  fireEvent.change(slider, { target: { value: String(7 * 24 - 1) } })
  expect(slider.getAttribute('aria-valuetext')).toBe('Sunday, 23:00 to 00:00: 1 change')
  fireEvent.blur(slider)
  expect(container.querySelector('p')?.textContent).toBe('')
})

test('a week without a change is drawn too', () => {
  const { container } = renderUi(<PunchCard hours={[]} label="Nothing" />)
  expect(container.querySelectorAll('circle')).toHaveLength(7 * 24)
  fireEvent.focus(screen.getByRole('slider'))
  expect(screen.getByRole('slider').getAttribute('aria-valuetext')).toBe('Monday, 00:00 to 01:00: no change')
})
