import { expect, test } from 'vitest'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderInProject } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { NewFlagDialog } from './new-flag-dialog.tsx'

const refused = { status: 409, body: { error: { code: 'already_exists', message: 'A flag with the key cart-limit exists already.' } } }

test('the key follows the name, values fit the type, and what the server refuses is said', async () => {
  const person = userEvent.setup()
  const requests = stubServer({ 'POST /api/v1/projects/shop/flags': () => refused })
  renderInProject(<NewFlagDialog project="shop" onClose={() => undefined} />)
  await person.click(await screen.findByRole('button', { name: 'Create flag' }))
  expect(screen.getByText('Give it a name.')).toBeTruthy()

  await person.type(screen.getByRole('textbox', { name: 'Name' }), 'Cart limit')
  expect(screen.getByRole('textbox', { name: 'Key' })).toHaveProperty('value', 'cart-limit')
  await person.click(screen.getByRole('combobox', { name: 'Type of its values' }))
  await person.click(screen.getByRole('option', { name: /Integer/ }))
  const value = screen.getByRole('textbox', { name: 'Value of variant 1' })
  await person.clear(value)
  await person.type(value, '1.5')
  await person.click(screen.getByRole('button', { name: 'Create flag' }))
  expect(screen.getByText('Write a whole number, such as 30.')).toBeTruthy()
  expect(requests).toEqual([])

  await person.clear(value)
  await person.type(value, '15')
  await person.click(screen.getByRole('button', { name: 'Create flag' }))
  expect(await screen.findByText('A flag with the key cart-limit exists already.')).toBeTruthy()
  expect(requests.map(({ body }) => body)).toEqual([{ key: 'cart-limit', name: 'Cart limit', kind: 'release', type: 'integer', variants: [{ key: 'control', value: 15 }, { key: 'treatment', value: 20 }] }])
})
