import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { renderUi } from '../../testing/render.tsx'
import { draftOf, readDraft, type ContextDraft } from './context-draft.ts'
import { ContextEditor } from './context-editor.tsx'
import type { Context } from './playground-search.ts'

function Edited({ context }: { context: Context }) {
  const [draft, setDraft] = useState<ContextDraft>(draftOf(context))
  const read = readDraft(draft)
  return (
    <>
      <ContextEditor draft={draft} asked={[{ path: 'orders', kind: 'number' }, { path: 'country', kind: 'text' }]} hints={new Map([['targetingKey', 'Who it is about']])} onChange={setDraft} />
      <output>{'problem' in read ? 'unreadable' : JSON.stringify(read.context)}</output>
    </>
  )
}

const said = () => JSON.parse(screen.getByRole('status').textContent ?? '') as unknown

test('attributes are typed row by row, and those that are asked for are offered', async () => {
  renderUi(<Edited context={{ country: 'DE' }} />)
  expect(screen.queryByRole('button', { name: 'Add country' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Add orders' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Value of orders' }), '3')
  expect(said()).toEqual({ country: 'DE', orders: 3 })
  await userEvent.click(screen.getByRole('button', { name: 'Remove country' }))
  expect(said()).toEqual({ orders: 3 })
})

test('what cannot be read is said at its field, and is not part of the context', async () => {
  renderUi(<Edited context={{ orders: 3 }} />)
  const value = screen.getByRole('textbox', { name: 'Value of orders' })
  await userEvent.clear(value)
  await userEvent.type(value, 'many')
  const described = (value.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)
  expect(described).toEqual(['many is not a number.'])
  expect(value.getAttribute('aria-invalid')).toBe('true')
  expect(said()).toEqual({})
})

test('rows become JSON and JSON becomes rows; what is no JSON yet stays where it is', async () => {
  renderUi(<Edited context={{ company: { id: 'acme' } }} />)
  await userEvent.click(screen.getByRole('radio', { name: 'JSON' }))
  const text = screen.getByRole('textbox', { name: 'Context as JSON' })
  expect(JSON.parse((text as HTMLTextAreaElement).value)).toEqual({ company: { id: 'acme' } })
  await userEvent.clear(text)
  await userEvent.click(text)
  await userEvent.paste('{ "company": {')
  await userEvent.click(screen.getByRole('radio', { name: 'Attributes' }))
  expect(screen.getByRole('textbox', { name: 'Context as JSON' })).toBeTruthy()
  expect(screen.getByText(/This is not JSON/)).toBeTruthy()
  await userEvent.click(text)
  await userEvent.paste('"id": "zenith" } }')
  await userEvent.click(screen.getByRole('radio', { name: 'Attributes' }))
  expect(screen.getByRole('textbox', { name: 'Value of company.id' })).toHaveProperty('value', 'zenith')
})
