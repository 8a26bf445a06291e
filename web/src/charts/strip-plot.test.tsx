import { fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { renderUi } from '../testing/render.tsx'
import { StripPlot, type StripPoint } from './strip-plot.tsx'

const MINUTE_MS = 60_000
const at = (day: number) => Date.UTC(2027, 2, day)
const points: StripPoint[] = [
  { key: 7, at: at(3), ms: 4 * MINUTE_MS, shape: 'circle', words: 'banner: turned off after 4 min' },
  { key: 9, at: at(20), ms: 90 * MINUTE_MS, shape: 'square', words: 'search: put back after 1.5 h' },
]

function Read({ of = points }: { of?: StripPoint[] }) {
  const [key, setKey] = useState<number | null>(null)
  return <><StripPlot points={of} from={at(1)} to={at(31)} spread={{ median: 20 * MINUTE_MS, lower: 4 * MINUTE_MS, upper: 60 * MINUTE_MS }} value={key} onChange={setKey} label="Two rollbacks" /><output>{key}</output></>
}

test('arrow keys walk the points from the newest, and each says what it was', () => {
  renderUi(<Read />)
  expect(screen.getByRole('img', { name: 'Two rollbacks' })).toBeDefined()
  const slider = screen.getByRole('slider', { name: 'Point' })
  fireEvent.focus(slider)
  expect([screen.getByRole('status').textContent, slider.getAttribute('aria-valuetext')]).toEqual(['9', 'search: put back after 1.5 h'])
  fireEvent.change(slider, { target: { value: '0' } })
  expect([screen.getByRole('status').textContent, slider.getAttribute('aria-valuetext')]).toEqual(['7', 'banner: turned off after 4 min'])
})

test('what kind a point is shows in its shape', () => {
  const { container } = renderUi(<Read />)
  expect(container.querySelectorAll('circle')).toHaveLength(1)
  // The shaded range is one too.
  expect(container.querySelectorAll('rect')).toHaveLength(2)
})

test('one point that took no time still stands on the axis', () => {
  const { container } = renderUi(<Read of={[{ key: 1, at: at(5), ms: 0, shape: 'circle', words: 'at once' }]} />)
  expect(Number(container.querySelector('circle')?.getAttribute('cy'))).toBeGreaterThan(0)
  expect(screen.getByText('1 s')).toBeDefined()
})
