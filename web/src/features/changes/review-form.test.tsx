import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderUi } from '../../testing/render.tsx'
import { ReviewForm } from './review-form.tsx'

const allowed = { allowed: true, why: '' }

test('an approval needs no words; a comment and a request for changes do', async () => {
  const onSend = vi.fn(() => Promise.resolve())
  renderUi(<ReviewForm id="review" permit={allowed} noVerdict={null} saving={false} error={null} onSend={onSend} />)
  expect(screen.getByRole('button', { name: 'Comment' })).toHaveProperty('disabled', true)
  await userEvent.click(screen.getByRole('radio', { name: 'Ask for changes' }))
  expect(screen.getByRole('button', { name: 'Ask for changes' })).toHaveProperty('disabled', true)
  await userEvent.click(screen.getByRole('radio', { name: 'Approve' }))
  await userEvent.click(screen.getByRole('button', { name: 'Approve' }))
  expect(onSend).toHaveBeenCalledExactlyOnceWith('approved', '')
})

test('what was sent is cleared, and the next word is a comment again', async () => {
  const onSend = vi.fn(() => Promise.resolve())
  renderUi(<ReviewForm id="review" permit={allowed} noVerdict={null} saving={false} error={null} onSend={onSend} />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Your review' }), ' Half first. ')
  await userEvent.click(screen.getByRole('radio', { name: 'Ask for changes' }))
  await userEvent.click(screen.getByRole('button', { name: 'Ask for changes' }))
  expect(onSend).toHaveBeenCalledExactlyOnceWith('changes_requested', 'Half first.')
  expect(screen.getByRole('textbox', { name: 'Your review' })).toHaveProperty('value', '')
  expect(screen.getByRole('radio', { name: 'Comment' })).toHaveProperty('checked', true)
})

test('what was not sent stays in the field, with the reason', async () => {
  const onSend = vi.fn(() => Promise.reject(new Error('The server did not answer.')))
  renderUi(<ReviewForm id="review" permit={allowed} noVerdict={null} saving={false} error={new Error('The server did not answer.')} onSend={onSend} />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Your review' }), 'Fine')
  await userEvent.click(screen.getByRole('button', { name: 'Comment' }))
  expect(screen.getByRole('textbox', { name: 'Your review' })).toHaveProperty('value', 'Fine')
  expect(screen.getByRole('alert').textContent).toBe('Not sent. The server did not answer.')
})

test('who may not decide reads why and can comment; who may only look can do neither', () => {
  const { rerender } = renderUi(<ReviewForm id="review" permit={allowed} noVerdict="You proposed this, so somebody else has to approve it." saving={false} error={null} onSend={() => Promise.resolve()} />)
  expect(screen.queryByRole('radio')).toBeNull()
  expect(screen.getByText(/somebody else has to approve it/)).toBeTruthy()
  rerender(<ReviewForm id="review" permit={{ allowed: false, why: 'This needs the role engineer.' }} noVerdict={null} saving={false} error={null} onSend={() => Promise.resolve()} />)
  expect(screen.queryByRole('radio')).toBeNull()
  expect(screen.getByRole('button', { name: 'Comment' }).getAttribute('aria-disabled')).toBe('true')
})
