import { expect, test } from 'vitest'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderInProject, testMe } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { SetupForm } from './setup-form.tsx'

const wrongToken = { status: 403, body: { error: { code: 'invalid_setup_token', message: 'This set-up link is not the newest one.' } } }
const badEmail = { status: 400, body: { error: { code: 'invalid_request', message: 'Invalid.', details: [{ path: 'email', message: 'This address cannot be used.' }] } } }

test('what is missing is said at its field before anything is sent', async () => {
  const person = userEvent.setup()
  const requests = stubServer({})
  renderInProject(<SetupForm token="t" />)
  await person.type(await screen.findByLabelText('Password'), 'short')
  await person.click(screen.getByRole('button', { name: 'Create account and project' }))
  expect(screen.getByText('Give it a name.')).toBeTruthy()
  expect(screen.getByText('Give an e-mail address.')).toBeTruthy()
  expect(screen.getByText('Use at least 12 characters.')).toBeTruthy()
  expect(requests).toEqual([])
})

test('a wrong link and a refused field are said in the server’s words, and then it works', async () => {
  const person = userEvent.setup()
  const answers = [wrongToken, badEmail, { status: 201, body: testMe }]
  const requests = stubServer({ 'POST /api/v1/setup': () => answers.shift() ?? {} })
  const { client } = renderInProject(<SetupForm token="one-time" />)
  await person.type(await screen.findByLabelText('Your name'), 'Ada Admin')
  await person.type(screen.getByLabelText('E-mail address'), 'ada@example.com')
  await person.type(screen.getByLabelText('Password'), 'a long enough sentence')
  const submit = screen.getByRole('button', { name: 'Create account and project' })
  await person.click(submit)
  expect((await screen.findByRole('alert')).textContent).toContain('This set-up link is not the newest one.')
  await person.click(submit)
  expect(await screen.findByText('This address cannot be used.')).toBeTruthy()
  await person.type(screen.getByLabelText('E-mail address'), '{Backspace}m')
  await person.click(submit)
  await expect.poll(() => client.getQueryData(['me'])).toEqual(testMe)
  expect(requests[0]?.body).toEqual({ token: 'one-time', name: 'Ada Admin', email: 'ada@example.com', password: 'a long enough sentence', project: 'My project' })
})
