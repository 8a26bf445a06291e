import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderUi } from '../../testing/render.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { aConflict } from './change.samples.ts'
import { ConflictPanel } from './conflict-panel.tsx'

const naming = namingOf([{ key: 'off', name: 'Control' }, { key: 'on', name: 'Express' }, { key: 'beta', name: 'Beta' }])

/** Both changed everyone else and what is served while off; only the proposal turns it off. */
function twoPlaces() {
  const { base } = aConflict()
  const live = { ...base, fallthrough: { variant: 'beta' }, offVariant: 'beta' }
  return aConflict({ proposed: { ...base, enabled: false, fallthrough: { variant: 'on' }, offVariant: 'on' }, divergence: { ...aConflict().divergence, live } })
}

test('each place is shown as it was, is live, and is proposed', () => {
  renderUi(<ConflictPanel change={aConflict()} naming={naming} mine saving={false} onChoose={() => undefined} onGiveWay={() => undefined} />)
  const row = screen.getByRole('row', { name: /^Everyone else/ })
  expect(within(row).getAllByRole('cell').map(({ textContent }) => textContent)).toEqual(['Control', 'Beta', 'Express'])
})

test('using mine puts the proposal on top of what is live', async () => {
  const onChoose = vi.fn()
  const change = twoPlaces()
  renderUi(<ConflictPanel change={change} naming={naming} mine saving={false} onChoose={onChoose} onGiveWay={() => undefined} />)
  await userEvent.click(screen.getByRole('button', { name: 'Use mine' }))
  expect(onChoose).toHaveBeenCalledExactlyOnceWith(change.proposed)
})

test('keeping what is live keeps the rest of the proposal, and withdraws it where nothing is left', async () => {
  const onChoose = vi.fn()
  const onGiveWay = vi.fn()
  const change = twoPlaces()
  const { rerender } = renderUi(<ConflictPanel change={change} naming={naming} mine saving={false} onChoose={onChoose} onGiveWay={onGiveWay} />)
  await userEvent.click(screen.getByRole('button', { name: 'Keep what is live' }))
  expect(onChoose).toHaveBeenCalledExactlyOnceWith({ ...change.divergence.live, enabled: false })
  rerender(<ConflictPanel change={aConflict()} naming={naming} mine saving={false} onChoose={onChoose} onGiveWay={onGiveWay} />)
  await userEvent.click(screen.getByRole('button', { name: 'Keep what is live and withdraw' }))
  expect(onGiveWay).toHaveBeenCalledOnce()
})

test('several places can be chosen one by one', async () => {
  const onChoose = vi.fn()
  const change = twoPlaces()
  renderUi(<ConflictPanel change={change} naming={naming} mine saving={false} onChoose={onChoose} onGiveWay={() => undefined} />)
  await userEvent.click(screen.getByRole('button', { name: 'Compare all, choose one by one' }))
  await userEvent.click(within(screen.getByRole('radiogroup', { name: 'Keep for While off' })).getByRole('radio', { name: 'Live' }))
  await userEvent.click(screen.getByRole('button', { name: 'Use what I chose' }))
  expect(onChoose).toHaveBeenCalledExactlyOnceWith({ ...change.proposed, offVariant: 'beta' })
})

test('others look and wait', () => {
  renderUi(<ConflictPanel change={aConflict()} naming={naming} mine={false} saving={false} onChoose={() => undefined} onGiveWay={() => undefined} />)
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Compare all'])
  expect(screen.getByText(/Mina Kaur has to choose/)).toBeTruthy()
})
