import { expect, test, vi } from 'vitest'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderInProject } from '../../testing/render.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { ReviewSheet } from './review-sheet.tsx'

function show(rises: string[], running: string[] = []) {
  const onApply = vi.fn()
  renderInProject(<ReviewSheet project="shop" flag="express-pay" environment="Production" changes={[{ subject: 'Rule 2', words: 'Express 50% to 75%' }]} naming={namingOf([])} rises={rises} running={running} mergedFrom={null} saving={false} onApply={onApply} onClose={() => undefined} />)
  return onApply
}

test('a reason is needed, and the key of the flag where more people may meet the change', async () => {
  const person = userEvent.setup()
  const onApply = show(['Rule 2 reaches 75% of the people it matches, up from 50%'])
  const apply = await screen.findByRole<HTMLButtonElement>('button', { name: 'Apply to production' })
  expect(apply.disabled).toBe(true)
  await person.type(screen.getByRole('textbox', { name: 'Why now' }), 'Held for 48 h.')
  expect(apply.disabled).toBe(true)
  await person.type(screen.getByRole('textbox', { name: 'Type express-pay to confirm' }), 'express-pay')
  await person.click(apply)
  expect(onApply).toHaveBeenCalledWith('Held for 48 h.')
})

test('without a rise only the reason is needed', async () => {
  const person = userEvent.setup()
  const onApply = show([])
  await person.type(await screen.findByRole('textbox', { name: 'Why now' }), 'Fewer.')
  expect(screen.queryByRole('textbox', { name: /to confirm/ })).toBeNull()
  await person.click(screen.getByRole('button', { name: 'Apply to production' }))
  expect(onApply).toHaveBeenCalledWith('Fewer.')
})

test('a running experiment is named, with the way to it', async () => {
  show([], ['EXP-7'])
  const link = await screen.findByRole('link', { name: 'EXP-7' })
  expect(link.getAttribute('href')).toBe('/p/shop/experiments/EXP-7')
})
