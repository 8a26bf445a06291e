import { fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { renderUi } from '../testing/render.tsx'
import { HeatCalendar } from './heat-calendar.tsx'

const days = [{ day: '2027-03-30', changes: 4, rollbacks: 1 }]

function Read() {
  const [day, setDay] = useState<string | null>(null)
  return <><HeatCalendar days={days} first="2027-03-01" last="2027-03-31" value={day} onChange={setDay} label="4 changes on 1 day" /><output>{day}</output></>
}

test('arrow keys walk the days from the newest, and each says what happened', () => {
  renderUi(<Read />)
  expect(screen.getByRole('img', { name: '4 changes on 1 day' })).toBeDefined()
  const slider = screen.getByRole('slider', { name: 'Day' })
  fireEvent.focus(slider)
  expect(slider.getAttribute('aria-valuetext')).toBe('Wednesday 31 March: no change')
  fireEvent.change(slider, { target: { value: '29' } })
  expect(slider.getAttribute('aria-valuetext')).toBe('Tuesday 30 March: 4 changes, 1 rollback')
  expect(screen.getByRole('status').textContent).toBe('2027-03-30')
})

test('a day with a rollback has a mark, not only a colour', () => {
  const { container } = renderUi(<Read />)
  expect(container.querySelectorAll('rect')).toHaveLength(31)
  expect(container.querySelectorAll('circle')).toHaveLength(1)
})
