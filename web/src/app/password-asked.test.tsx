import { routes } from '@assay/server/contract'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError, call } from '../api/client.ts'
import { renderInProject } from '../testing/render.tsx'
import { stubServer } from '../testing/stub-server.ts'
import { PasswordAsked } from './password-asked.tsx'

const KEY = 'POST /api/v1/projects/shop/keys'
const CONFIRM = 'POST /api/v1/session/confirm'
const refusal = { status: 403, body: { error: { code: 'reauthentication_required', message: 'Give your password again. Nothing was changed.' } } }
const create = () => call(routes.createKey, { params: { project: 'shop' }, body: { environment: 'production', kind: 'server', name: 'checkout' } })

let given = false
const answers = {
  [KEY]: () => (given ? { status: 201, body: { secret: 'srv_new' } } : refusal),
  [CONFIRM]: ({ body }: { body: unknown }) => {
    if ((body as { password: string }).password !== 'correct horse battery') return { status: 403, body: { error: { code: 'wrong_password', message: 'This is not your password.' } } }
    given = true
    return { body: {} }
  },
}
beforeEach(() => {
  given = false
  vi.spyOn(window, 'scrollTo').mockReturnValue()
})
async function show() {
  renderInProject(<><PasswordAsked /><p>Page</p></>)
  await screen.findByText('Page')
}
const field = () => screen.findByLabelText('Password of ada@example.com')

test('what needs the password is sent again once it was given', async () => {
  const requests = stubServer(answers)
  await show()
  const [one, other] = [create(), create()]
  await userEvent.type(await field(), 'not my password')
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }))
  expect(await screen.findByText('This is not your password.')).toBeTruthy()
  await userEvent.clear(await field())
  await userEvent.type(await field(), 'correct horse battery{Enter}')
  expect(await Promise.all([one, other])).toEqual([{ secret: 'srv_new' }, { secret: 'srv_new' }])
  await waitFor(() => { expect(screen.queryByText('Give your password again')).toBeNull() })
  expect(requests.filter(({ path }) => path.endsWith('/confirm'))).toHaveLength(2)
})

test.each([
  ['Cancel', () => userEvent.click(screen.getByRole('button', { name: 'Cancel' }))],
  ['Escape', async () => userEvent.type(await field(), '{Escape}')],
])('%s leaves the refusal as it was, and sends nothing again', async (_name, leave) => {
  const requests = stubServer(answers)
  await show()
  const created = create().catch((error: unknown) => error)
  await field()
  await leave()
  expect(await created).toMatchObject({ code: 'reauthentication_required', message: 'Give your password again. Nothing was changed.' })
  expect(requests.filter(({ path }) => path.endsWith('/keys'))).toHaveLength(1)
})

test('where nobody can be asked the refusal comes back at once', async () => {
  stubServer(answers)
  await expect(create()).rejects.toThrow(ApiError)
})
