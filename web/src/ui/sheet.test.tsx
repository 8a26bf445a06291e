import { expect, test } from 'vitest'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { renderUi } from '../testing/render.tsx'
import { Sheet } from './sheet.tsx'

function Holder() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => { setOpen(true) }}>Open</button>
      {open ? <Sheet title="Title" size={400} onClose={() => { setOpen(false) }}><input aria-label="Field" data-autofocus /></Sheet> : null}
    </>
  )
}

test('the focus goes into the dialog and back to where it was', async () => {
  const person = userEvent.setup()
  renderUi(<Holder />)
  await person.click(screen.getByRole('button', { name: 'Open' }))
  expect(await screen.findByRole('dialog', { name: 'Title' })).toBeTruthy()
  await person.click(screen.getByLabelText('Field'))
  await person.keyboard('{Escape}')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open' }))
})
