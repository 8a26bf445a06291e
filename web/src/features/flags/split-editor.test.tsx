import { expect, test } from 'vitest'
import type { Serve, Split } from '@assay/sdk/core'
import type { Layer } from '@assay/server/contract'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { renderUi } from '../../testing/render.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { SplitEditor } from './split-editor.tsx'

const variants = [{ key: 'control', name: 'Control', value: false }, { key: 'express', name: 'Express', value: true }]
const live: Split = { unit: 'user', salt: 'live-salt', hash: 'murmur3', coverage: 100_000, arms: [{ variant: 'control', weight: 50_000 }, { variant: 'express', weight: 50_000 }] }

function show(start: Split, from: Serve | undefined, layers: readonly Layer[] = []): () => Split {
  let latest = start
  function Holder() {
    const [split, setSplit] = useState(start)
    return <SplitEditor split={split} live={from} onChange={(next) => { latest = next; setSplit(next) }} variants={variants} unitTypes={['user', 'company']} layers={layers} place={{ flag: 'express', environment: 'production', rule: 'r' }} naming={namingOf(variants)} beyond="The others go on." />
  }
  renderUi(<Holder />)
  return () => latest
}

async function write(field: string, text: string) {
  const person = userEvent.setup()
  const input = screen.getByRole('textbox', { name: field })
  await person.clear(input)
  await person.type(input, text)
}

test('shares that do not sum to 100% are told, until they do', async () => {
  const latest = show(live, undefined)
  await write('Control', '30')
  expect(screen.getByText('20% is given to nobody yet: the shares sum to 100%.')).toBeTruthy()
  await write('Express', '90')
  expect(screen.getByText('The shares sum to 20% too much.')).toBeTruthy()
  await write('Express', '70')
  expect(screen.queryByText(/too much|to nobody/)).toBeNull()
  expect(latest().arms).toEqual([{ variant: 'control', weight: 30_000 }, { variant: 'express', weight: 70_000 }])
})

test('a new salt comes with other shares, and the old one back with the old shares', async () => {
  const latest = show(live, live)
  expect(screen.getByText(/kept: nobody changes sides/)).toBeTruthy()
  await write('Control', '25')
  await write('Express', '75')
  expect(screen.getByText('This divides everybody anew.')).toBeTruthy()
  expect(latest().salt).not.toBe('live-salt')
  await userEvent.setup().click(screen.getByRole('button', { name: 'Even' }))
  expect(latest()).toEqual(live)
  expect(screen.queryByText('This divides everybody anew.')).toBeNull()
})

test('raising how many are reached keeps the salt', async () => {
  const latest = show({ ...live, coverage: 10_000 }, { ...live, coverage: 10_000 })
  await write('Reaches', '40')
  expect(latest()).toEqual({ ...live, coverage: 40_000 })
  expect(screen.getByText(/kept: nobody changes sides/)).toBeTruthy()
})

const checkout: Layer = { key: 'checkout', name: 'Checkout', unit: 'company', createdAt: '2026-11-01T00:00:00Z', createdBy: 'Ada', taken: [{ flag: 'basket', environment: 'production', rule: 'b', experiment: 'EXP-2', from: 0, to: 30_000 }] }

test('a split joins a layer by its unit, in the part that is free', async () => {
  const person = userEvent.setup()
  const latest = show(live, undefined, [checkout])
  await person.click(screen.getByRole('combobox', { name: 'Layer' }))
  await person.click(screen.getByRole('option', { name: 'Checkout, by company' }))
  expect(latest()).toMatchObject({ unit: 'company', layer: { key: 'checkout', from: 30_000, to: 100_000 } })
  expect(screen.getByRole('list', { name: 'Taken' }).textContent).toContain('basket, EXP-2: 0% to 30%')
  await write('Starting at', '20')
  expect(latest().layer).toEqual({ key: 'checkout', from: 20_000, to: 90_000 })
  expect(screen.getByText('EXP-2 has 0% to 30% already: choose a part that is free.')).toBeTruthy()
  await person.click(screen.getByLabelText('No layer'))
  expect(latest()).not.toHaveProperty('layer')
})
