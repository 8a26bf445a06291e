import type { ExperimentSetup, Layer } from '@assay/server/contract'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { ExperimentLayerField } from './experiment-layer-field.tsx'

const part = (flag: string, from: number, to: number, environment = 'production') => ({ flag, environment, rule: 'r', experiment: null, from, to })
const layer = (key: string, unit: string, taken: Layer['taken'] = []): Layer => ({ key, name: key.toUpperCase(), unit, createdAt: '2026-11-01T00:00:00Z', createdBy: 'Ada', taken })
const checkout = layer('checkout', 'user', [part('basket', 0, 30_000), part('search', 40_000, 60_000), part('basket', 0, 100_000, 'staging')])

/** Shows the field in a form of its own; returns what the form holds by now. */
function show(layers: readonly Layer[], start?: ExperimentSetup['layer']): () => ExperimentSetup['layer'] {
  let latest = start
  function Form() {
    const [chosen, setChosen] = useState(start)
    return <ExperimentLayerField setup={{ flag: 'express', environment: 'production', unitType: 'user', layer: chosen }} coverage={0.5} onChange={(next) => { latest = next; setChosen(next) }} />
  }
  renderInProject(<Form />, { data: [[['layers', 'shop'], { layers }]] })
  return () => latest
}

test('layers that divide by the same unit are offered, and the first free part is proposed', async () => {
  const person = userEvent.setup()
  const latest = show([checkout, layer('firms', 'company')])
  await person.click(await screen.findByRole('combobox', { name: 'Layer' }))
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['CHECKOUT, by user'])
  await person.click(screen.getByRole('option', { name: 'CHECKOUT, by user' }))
  expect(latest()).toEqual({ key: 'checkout', from: 30_000, to: 40_000 })
  expect(screen.getByRole('img', { name: 'Taken: This experiment 30% to 40%, basket 0% to 30%, search 40% to 60%' })).toBeTruthy()
  expect(screen.getByText(/10% of the audience, and 5% with the 50% let in/).textContent).toContain('about 10 times as long')
  await person.click(screen.getByLabelText('No layer'))
  expect(latest()).toBeUndefined()
})

test('a part that somebody has is told with who has it, and a free one as large is at hand', async () => {
  const person = userEvent.setup()
  const latest = show([checkout], { key: 'checkout', from: 30_000, to: 40_000 })
  const share = await screen.findByLabelText('Share of the layer')
  await person.clear(share)
  expect(screen.getByText('Its part of the layer is empty: raise the share above 0%.')).toBeTruthy()
  await person.type(share, '25')
  expect(latest()).toEqual({ key: 'checkout', from: 30_000, to: 55_000 })
  expect(screen.getByText('search has 40% to 60% already: choose a part that is free.')).toBeTruthy()
  await person.click(screen.getByRole('button', { name: 'Take 60% to 85%, which is free' }))
  expect(latest()).toEqual({ key: 'checkout', from: 60_000, to: 85_000 })
  expect(screen.queryByText(/already/)).toBeNull()
  await person.clear(screen.getByLabelText('Starting at'))
  await person.type(screen.getByLabelText('Starting at'), '80')
  expect(latest()).toEqual({ key: 'checkout', from: 80_000, to: 105_000 })
  expect(screen.getByText(/would end at 105% of the layer/)).toBeTruthy()
})

test('a part that starts at the first bucket says so, and an emptied field says 0% once it is left', async () => {
  const person = userEvent.setup()
  show([layer('checkout', 'user')], { key: 'checkout', from: 0, to: 50_000 })
  expect(await screen.findByDisplayValue('0%')).toBe(screen.getByLabelText('Starting at'))
  const share = screen.getByLabelText('Share of the layer')
  await person.clear(share)
  expect(share).toHaveProperty('value', '')
  await person.tab()
  expect(share).toHaveProperty('value', '0%')
})

test('a layer that is all taken says so, and one of another unit or none of that key too', async () => {
  show([layer('checkout', 'user', [part('basket', 0, 100_000)])], { key: 'checkout', from: 0, to: 50_000 })
  expect(await screen.findByText('All of this layer is taken here.')).toBeTruthy()
  show([layer('firms', 'company')], { key: 'firms', from: 0, to: 50_000 })
  expect(await screen.findByText('FIRMS divides by company, and this by user: choose another layer or none.')).toBeTruthy()
  show([], { key: 'gone', from: 0, to: 50_000 })
  expect(await screen.findByText('There is no layer gone: choose another or none.')).toBeTruthy()
})

test('where no layer divides by the unit, the way to one is shown', async () => {
  show([layer('firms', 'company')])
  expect((await screen.findByRole('link', { name: 'Layers' })).getAttribute('href')).toBe('/p/shop/layers')
  expect(screen.queryByRole('combobox')).toBeNull()
})

test('layers that could not be loaded are asked for again', async () => {
  const person = userEvent.setup()
  const fetched = vi.spyOn(globalThis, 'fetch').mockImplementationOnce(() => Promise.resolve(Response.json({ error: { code: 'internal', message: 'The database is away.' } }, { status: 500 })))
  renderInProject(<ExperimentLayerField setup={{ flag: 'express', environment: 'production', unitType: 'user' }} coverage={1} onChange={() => undefined} />)
  expect(await screen.findByText(/The layers could not be loaded/)).toBeTruthy()
  fetched.mockImplementationOnce(() => Promise.resolve(Response.json({ layers: [checkout] })))
  await person.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('combobox', { name: 'Layer' })).toBeTruthy()
})
