import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderUi } from '../testing/render.tsx'
import { ForestRow } from './forest-row.tsx'

const base = { domain: [-0.1, 0.1] as const, width: 300, label: 'Orders: +2.0%' }

test('each tone has a shape of its own', () => {
  const shapes = (tone: 'win' | 'loss' | 'flat') => {
    const { container, unmount } = renderUi(<ForestRow {...base} span={{ lower: 0.01, mid: 0.02, upper: 0.03 }} tone={tone} />)
    const found = { circles: container.querySelectorAll('circle').length, hollow: container.querySelector('circle')?.getAttribute('fill') === 'var(--raised)', diamond: container.querySelector('rect[transform]') !== null }
    unmount()
    return found
  }
  expect(shapes('win')).toEqual({ circles: 1, hollow: false, diamond: false })
  expect(shapes('flat')).toEqual({ circles: 1, hollow: true, diamond: false })
  expect(shapes('loss')).toEqual({ circles: 0, hollow: false, diamond: true })
})

test('ends that go on are arrows', () => {
  const arrows = (span: { lower: number | null; mid: number; upper: number | null }) => renderUi(<ForestRow {...base} span={span} tone="flat" />).container.querySelectorAll('path').length
  expect(arrows({ lower: -0.05, mid: 0, upper: 0.05 })).toBe(0)
  expect(arrows({ lower: null, mid: 0, upper: 0.05 })).toBe(1)
  expect(arrows({ lower: null, mid: 0, upper: 9 })).toBe(2)
})

test('a row without an estimate says so, and every row says its words', () => {
  renderUi(<ForestRow {...base} span={{ lower: null, mid: null, upper: null }} tone="flat" limit={{ at: 0.05, worse: 'above' }} />)
  expect(screen.getByRole('img', { name: 'Orders: +2.0%' })).toBeDefined()
  expect(screen.getByText('No estimate')).toBeDefined()
})
