import type { Member } from '@assay/server/contract'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { openPolicy, renderInProject, testProject } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { EnvironmentDialog } from './environment-dialog.tsx'
import { MembersSection } from './members-section.tsx'
import { ProjectSection } from './project-section.tsx'

const late = (message: string, current: object, currentRevision: number) => ({ status: 409, body: { error: { code: 'revision_conflict', message, details: { basedOn: 1, currentRevision, current, yours: {}, changedBy: 'Bob', changedAt: '2026-11-24T12:00:00Z' } } } })
const PROJECT = '/api/v1/projects/shop'

test('two new names of a project wait for a choice', async () => {
  const theirs = { ...testProject, name: 'Our shop', revision: 4 }
  const answers = [late('Changed.', theirs, 4), { status: 200, body: { ...theirs, name: 'My shop', revision: 5 } }]
  const requests = stubServer({ [`PATCH ${PROJECT}`]: () => answers.shift() ?? { status: 500 }, [`GET ${PROJECT}`]: () => ({ body: theirs }) })
  renderInProject(<ProjectSection />)
  const name = await screen.findByLabelText('Project name')
  await userEvent.clear(name)
  await userEvent.type(name, 'My shop')
  await userEvent.click(screen.getByRole('button', { name: 'Rename project' }))
  const dialog = await screen.findByRole('dialog', { name: 'Someone else saved first' })
  expect(within(dialog).getAllByRole('cell').slice(0, 3).map((cell) => cell.textContent)).toEqual(['Shop', 'Our shop', 'My shop'])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save what I chose' }))
  await waitFor(() => { expect(requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body)).toEqual([{ basedOn: 3, name: 'My shop' }, { basedOn: 4, name: 'My shop' }]) })
})

test('a name goes through beside unit types that somebody else declared', async () => {
  const theirs = { ...testProject, unitTypes: [], revision: 4 }
  const answers = [late('Changed.', theirs, 4), { status: 200, body: { ...theirs, name: 'My shop', revision: 5 } }]
  const requests = stubServer({ [`PATCH ${PROJECT}`]: () => answers.shift() ?? { status: 500 }, [`GET ${PROJECT}`]: () => ({ body: theirs }) })
  renderInProject(<ProjectSection />)
  const name = await screen.findByLabelText('Project name')
  await userEvent.clear(name)
  await userEvent.type(name, 'My shop')
  await userEvent.click(screen.getByRole('button', { name: 'Rename project' }))
  await waitFor(() => { expect(requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body)).toEqual([{ basedOn: 3, name: 'My shop' }, { basedOn: 4, name: 'My shop' }]) })
})

test('two policies of an environment wait for a choice, a name that only one changed does not', async () => {
  const [development] = testProject.environments
  if (!development) throw new Error('no environment')
  const theirs = { ...development, policy: { ...openPolicy, approvals: 2 }, revision: 2 }
  const requests = stubServer({ [`PATCH ${PROJECT}/environments/development`]: () => late('Changed.', theirs, 2), [`GET ${PROJECT}`]: () => ({ body: testProject }), [`GET ${PROJECT}/members`]: () => ({ body: { members: [] } }) })
  renderInProject(<EnvironmentDialog environment={development} onClose={() => undefined} />)
  await userEvent.type(await screen.findByLabelText('Name'), ' area')
  await userEvent.click(screen.getByLabelText('Ask for a reason'))
  await userEvent.click(screen.getByRole('button', { name: 'Save development' }))
  const dialog = await screen.findByRole('dialog', { name: 'Someone else saved first' })
  expect(within(dialog).getAllByRole('rowheader').map((cell) => cell.textContent)).toEqual(['What a change needs'])
  expect(requests.find(({ method }) => method === 'PATCH')?.body).toMatchObject({ basedOn: 1, name: 'Development area' })
})

test('a role that somebody else has changed is told, and shown as it is', async () => {
  const member = (role: Member['role'], revision: number): Member => ({ userId: 'u', email: 'eve@example.com', name: 'Eve', role, revision, invited: false, lastSeenAt: null })
  let now = member('viewer', 1)
  const requests = stubServer({
    [`PATCH ${PROJECT}/members/u`]: () => {
      now = member('engineer', 2)
      return late('The role of Eve was changed by Bob since you opened it. Nothing was saved.', now, 2)
    },
    [`GET ${PROJECT}/members`]: () => ({ body: { members: [now] } }),
    'GET /api/v1/me': () => ({ body: { id: '0', email: 'ada@example.com', name: 'Ada Admin', projects: [{ key: 'shop', name: 'Shop', role: 'admin' }] } }),
  })
  renderInProject(<MembersSection />)
  const role = await screen.findByRole('combobox', { name: 'Role of Eve' })
  await userEvent.click(role)
  await userEvent.click(await screen.findByRole('option', { name: 'Admin' }))
  await waitFor(() => { expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Role of Eve' }).value).toBe('Engineer') })
  expect(requests.find(({ method }) => method === 'PATCH')?.body).toEqual({ basedOn: 1, role: 'admin' })
})
