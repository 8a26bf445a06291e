import { beforeEach, expect, test, vi } from 'vitest'
import type { FlagDetail, ReviewPolicy, Targeting } from '@assay/server/contract'
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderInProject, testMe, testProject } from '../../testing/render.tsx'
import { stubServer, type StubbedRequest } from '../../testing/stub-server.ts'
import { namingOf } from '../../ui/serve/naming.ts'
import { EnvironmentTargeting } from './environment-targeting.tsx'

const variants = [{ key: 'off', name: 'Off', value: false }, { key: 'on', name: 'On', value: true }]
const targeting: Targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [{ id: 'a', name: 'Staff', when: { cohort: 'staff' }, serve: { variant: 'on' } }, { id: 'b', name: 'Pilots', serve: { variant: 'on' } }], fallthrough: { variant: 'off' } }
const changed = { changedAt: '2026-11-01T00:00:00Z', changedBy: 'Jonas Lind' }
const flag = (more: Partial<FlagDetail> = {}): FlagDetail => ({
  key: 'express', name: 'Express pay', description: '', kind: 'release', type: 'boolean', clientVisible: false, variants, owner: null, tags: [], expectedRemoval: null, archivedAt: null, revision: 1, createdAt: '2026-11-01T00:00:00Z',
  environments: testProject.environments.map(({ key }) => ({ environment: key, revision: 4, targeting, ...changed })), experiments: [], ...more,
})
const url = (environment: string) => `/api/v1/projects/shop/flags/express/environments/${environment}`

function show(environment: 'development' | 'production', detail = flag(), role: 'engineer' | 'product_owner' | 'viewer' = 'engineer', policy: Partial<ReviewPolicy> = {}) {
  const found = testProject.environments.find(({ key }) => key === environment)
  const place = found && { ...found, policy: { ...found.policy, ...policy } }
  const state = detail.environments.find((item) => item.environment === environment)
  if (!place || !state) throw new Error(environment)
  renderInProject(<EnvironmentTargeting flag={detail} environment={place} state={state} cohorts={[{ key: 'staff', name: 'Employees' }]} layers={[]} naming={namingOf(variants)} />, {
    me: { ...testMe, projects: [{ key: 'shop', name: 'Shop', role }] },
    data: [[['connections', 'shop', environment], { epoch: 'e', version: 1, connected: 4, upToDate: 3, instances: [] }]],
  })
}

const saved = (environment: string, revision: number) => ({ body }: StubbedRequest) => ({ body: { environment, revision, targeting: (body as { targeting: Targeting }).targeting, ...changed } })

async function rename(from: string, to: string) {
  const person = userEvent.setup()
  await person.click(await screen.findByRole('button', { name: `Edit ${from}` }))
  const name = await screen.findByRole('textbox', { name: 'Name' })
  await person.clear(name)
  await person.type(name, to)
}

beforeEach(() => { localStorage.clear() })

test('outside production an edit is saved at once, as one document on its revision', async () => {
  const requests = stubServer({ [`PUT ${url('development')}`]: saved('development', 5) })
  show('development')
  await rename('Staff', 'Crew')
  expect(screen.getByText('1 unsaved change', { selector: 'b' })).toBeTruthy()
  await userEvent.setup().click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => { expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull() })
  expect(requests.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([{ basedOn: 4, targeting: { ...targeting, rules: [{ ...targeting.rules[0], name: 'Crew' }, targeting.rules[1]] } }])
})

test('in production a review asks for a reason first', async () => {
  const requests = stubServer({ [`PUT ${url('production')}`]: saved('production', 5) })
  const person = userEvent.setup()
  show('production')
  await rename('Staff', 'Crew')
  await person.click(screen.getByRole('button', { name: 'Review change' }))
  await person.type(await screen.findByRole('textbox', { name: 'Why now' }), 'Better word.')
  expect(requests.filter(({ method }) => method === 'PUT')).toEqual([])
  await person.click(screen.getByRole('button', { name: 'Apply to production' }))
  await waitFor(() => { expect(requests.filter(({ method }) => method === 'PUT').map(({ body }) => (body as { reason: string }).reason)).toEqual(['Better word.']) })
})

test('where somebody saved another place first, both are saved', async () => {
  const theirs: Targeting = { ...targeting, fallthrough: { variant: 'on' } }
  const answers = [
    () => ({ status: 409, body: { error: { code: 'revision_conflict', message: 'Changed.', details: { basedOn: 4, currentRevision: 7, current: { targeting: theirs }, yours: {}, changedBy: 'Jonas Lind' } } } }),
    saved('development', 8),
  ]
  const requests = stubServer({ [`PUT ${url('development')}`]: (request) => answers.shift()?.(request) ?? {} })
  show('development')
  await rename('Staff', 'Crew')
  await userEvent.setup().click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => { expect(requests.filter(({ method }) => method === 'PUT')).toHaveLength(2) })
  expect(requests.filter(({ method }) => method === 'PUT')[1]?.body).toEqual({ basedOn: 7, targeting: { ...theirs, rules: [{ ...targeting.rules[0], name: 'Crew' }, targeting.rules[1]] } })
})

test('where both changed the same place nothing is written until one is chosen', async () => {
  const theirs: Targeting = { ...targeting, rules: targeting.rules.map((rule) => (rule.id === 'a' ? { ...rule, name: 'Theirs' } : rule)) }
  const answers = [
    () => ({ status: 409, body: { error: { code: 'revision_conflict', message: 'Changed.', details: { basedOn: 4, currentRevision: 7, current: { targeting: theirs }, yours: {}, changedBy: 'Jonas Lind' } } } }),
    saved('development', 8),
  ]
  const requests = stubServer({ [`PUT ${url('development')}`]: (request) => answers.shift()?.(request) ?? {} })
  const person = userEvent.setup()
  show('development')
  await rename('Staff', 'Mine')
  await person.click(screen.getByRole('button', { name: 'Save' }))
  const sheet = await screen.findByRole('dialog', { name: 'Somebody else saved first' })
  expect([...(within(sheet).getAllByRole('row')[1]?.children ?? [])].map((cell) => cell.textContent)).toEqual(['Rule 1 Theirs, name', 'Staff', 'Theirs', 'Mine'])
  expect(requests.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  await person.click(within(sheet).getByRole('button', { name: 'Use mine' }))
  await waitFor(() => { expect(requests.filter(({ method }) => method === 'PUT')).toHaveLength(2) })
  expect(requests.filter(({ method }) => method === 'PUT')[1]?.body).toMatchObject({ basedOn: 7, targeting: { rules: [{ name: 'Mine' }, { name: 'Pilots' }] } })
})

test('a save that failed leaves the edit where it is', async () => {
  stubServer({ [`PUT ${url('development')}`]: () => ({ status: 503, body: { error: { code: 'storage_unavailable', message: 'The database is away.' } } }) })
  show('development')
  await rename('Staff', 'Crew')
  await userEvent.setup().click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => { expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('data-loading')).toBe(false) })
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'Crew')
  expect(screen.getByText('1 unsaved change', { selector: 'b' })).toBeTruthy()
})

test('an edit that cannot be saved says what is missing, and sends nothing', async () => {
  const requests = stubServer({})
  const person = userEvent.setup()
  show('development')
  await person.click(await screen.findByRole('button', { name: 'Add a rule' }))
  await person.click(await screen.findByRole('button', { name: 'Cohort' }))
  await person.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText('Rule 3: Choose a cohort.')).toBeTruthy()
  expect(requests.filter(({ method }) => method === 'PUT')).toEqual([])
})

test('the rule of a running experiment is locked, with the way to the experiment', async () => {
  stubServer({})
  show('production', flag({ experiments: [{ key: 'EXP-1', hypothesis: 'H-1', status: 'running', environment: 'production', ruleId: 'a' }] }))
  expect((await screen.findByRole('link', { name: 'EXP-1' })).getAttribute('href')).toBe('/p/shop/experiments/EXP-1')
  expect(screen.queryByRole('button', { name: 'Edit Staff' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Actions of Staff' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Edit Pilots' })).toBeTruthy()
})

test('turning off in production is one click, and the reason is asked afterwards', async () => {
  const off = { environment: 'production', revision: 5, targeting: { ...targeting, enabled: false }, ...changed }
  const requests = stubServer({ [`POST ${url('production')}/turn-off`]: () => ({ body: off }), [`POST ${url('production')}/explanation`]: () => ({ status: 204 }) })
  const person = userEvent.setup()
  show('production')
  await person.click(await screen.findByRole('button', { name: 'Turn off now' }))
  await person.type(await screen.findByRole('textbox', { name: 'Why' }), 'Errors rose.')
  await person.click(screen.getByRole('button', { name: 'Record the reason' }))
  await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull() })
  expect(requests.filter(({ method }) => method === 'POST').map(({ path, body }) => [path.split('/').at(-1), body])).toEqual([['turn-off', {}], ['explanation', { reason: 'Errors rose.' }]])
})

test('somebody who may only look sees why, and that it is live', async () => {
  stubServer({})
  show('production', flag(), 'viewer')
  expect((await screen.findByRole('button', { name: 'Turn off now' })).getAttribute('aria-disabled')).toBe('true')
  expect(screen.queryByRole('button', { name: 'Add a rule' })).toBeNull()
  expect(await screen.findByText('Live on 3 of 4 connected SDKs')).toBeTruthy()
  expect(screen.getAllByText(/This needs the role engineer or admin/).length).toBeGreaterThan(0)
})

test('an unsaved edit waits for its author to come back', async () => {
  stubServer({})
  show('development')
  await rename('Staff', 'Crew')
  await vi.waitFor(() => { expect(localStorage.getItem('assay-draft:shop:express:development')).toContain('Crew') })
  cleanup()
  show('development')
  expect(await screen.findByRole('heading', { name: 'Crew' })).toBeTruthy()
})

test('a product owner edits too, and asks for a review', async () => {
  const requests = stubServer({ [`POST ${url('production')}/changes`]: () => ({ status: 201, body: { key: 'CH-1', status: 'open' } }) })
  const person = userEvent.setup()
  show('production', flag(), 'product_owner')
  await rename('Staff', 'Crew')
  await person.click(screen.getByRole('button', { name: 'Ask for a review' }))
  await person.type(await screen.findByRole('textbox', { name: 'Why now' }), 'Better word.')
  await person.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Ask for a review' }))
  await waitFor(() => { expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull() })
  expect(requests.filter(({ path }) => path.endsWith('/changes')).map(({ body }) => body)).toMatchObject([{ basedOn: 4, reason: 'Better word.', targeting: { rules: [{ name: 'Crew' }, { name: 'Pilots' }] } }])
})

test('an environment under review takes no save, wherever it is', async () => {
  stubServer({})
  show('development', flag(), 'engineer', { approvals: 1 })
  await rename('Staff', 'Crew')
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Ask for a review' })).toBeTruthy()
})

test('a save that the server wants confirmed opens the review', async () => {
  stubServer({ [`PUT ${url('development')}`]: () => ({ status: 409, body: { error: { code: 'confirmation_required', message: 'This change moves 3 of the units exposed to EXP-1. Confirm that it is meant; nothing was saved.' } } }) })
  const person = userEvent.setup()
  show('development')
  await rename('Staff', 'Crew')
  await person.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText(/moves 3 of the units exposed to EXP-1/)).toBeTruthy()
  expect(screen.getByRole('checkbox', { name: 'Move people who take part in the running experiment' })).toBeTruthy()
})

test('an archived flag is not edited', async () => {
  stubServer({})
  show('development', flag({ archivedAt: '2026-11-02T00:00:00Z' }))
  expect(await screen.findByRole('heading', { name: 'Staff' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Edit Staff' })).toBeNull()
  expect(screen.queryByRole('region', { name: 'Serving state' })).toBeNull()
})
