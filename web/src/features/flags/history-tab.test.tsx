import { expect, test } from 'vitest'
import type { Json } from '@assay/sdk/core'
import type { AuditEntry, Targeting } from '@assay/server/contract'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderInProject, testMe } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { flagDetail, sampleTargeting } from './flag.samples.ts'
import { HistoryTab } from './history-tab.tsx'

const stored = (value: Targeting) => JSON.parse(JSON.stringify(value)) as Json
const earlier: Targeting = { ...sampleTargeting, fallthrough: { variant: 'on' } }
const entry = (more: Partial<AuditEntry>): AuditEntry => ({ seq: 1, at: '2026-11-01T00:00:00Z', actor: { id: null, name: 'Ada' }, action: 'flag.targeting_changed', entity: { kind: 'flag', key: 'checkout.express-pay' }, environment: 'development', before: null, after: null, reason: null, revision: 2, hash: '', ...more })
const entries = [entry({ seq: 2, revision: 4, before: stored(earlier), after: stored(sampleTargeting) }), entry({ after: stored(earlier) })]
const url = '/api/v1/projects/shop/flags/checkout.express-pay/environments/development'

function show(role: 'engineer' | 'product_owner' | 'viewer') {
  const requests = stubServer({
    'GET /api/v1/projects/shop/audit': () => ({ body: { entries, nextBefore: null } }),
    [`POST ${url}/impact`]: () => ({ body: { basis: { units: 0, since: null }, moved: 0, share: 0, moves: [], sample: [], running: null } }),
    [`POST ${url}/restore`]: () => ({ body: { environment: 'development', revision: 5, targeting: earlier, changedAt: '2026-11-02T00:00:00Z', changedBy: 'Ada' } }),
    [`POST ${url}/changes`]: () => ({ status: 201, body: { key: 'CH-3', status: 'open' } }),
  })
  renderInProject(<HistoryTab flag={flagDetail()} />, { me: { ...testMe, projects: [{ key: 'shop', name: 'Shop', role }] }, data: [[['cohorts', 'shop'], { cohorts: [] }]] })
  return () => requests.filter(({ method, path }) => method === 'POST' && !path.endsWith('/impact')).map(({ path, body }) => [path.split('/').at(-1), body])
}

test('an earlier revision is reviewed, then restored', async () => {
  const person = userEvent.setup()
  const sent = show('engineer')
  expect(await screen.findByText('As it is now')).toBeTruthy()
  await person.click(screen.getByRole('button', { name: 'Restore revision 2' }))
  const sheet = await screen.findByRole('dialog', { name: 'Restore revision 2 in development' })
  expect(within(sheet).getByText('Off to On')).toBeTruthy()
  await person.click(within(sheet).getByRole('button', { name: 'Apply to development' }))
  await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull() })
  expect(sent()).toEqual([['restore', { revision: 2, basedOn: 4 }]])
})

test('who may not change proposes it', async () => {
  const person = userEvent.setup()
  const sent = show('product_owner')
  await person.click(await screen.findByRole('button', { name: 'Restore revision 2' }))
  await person.type(await screen.findByRole('textbox', { name: 'Why now' }), 'It was better.')
  await person.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Ask for a review' }))
  await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull() })
  expect(sent()).toEqual([['changes', { basedOn: 4, targeting: earlier, reason: 'It was better.' }]])
})

test('who may only look has no way back', async () => {
  show('viewer')
  expect(await screen.findByText('As it is now')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Restore/ })).toBeNull()
})
