import { expect, test, vi } from 'vitest'
import type { Environment, Impact, Targeting } from '@assay/server/contract'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { ApiError } from '../../api/client.ts'
import { openPolicy, renderInProject, testMe } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { namingOf } from '../../ui/serve/naming.ts'
import { sampleTargeting } from './flag.samples.ts'
import { TargetingReview } from './targeting-review.tsx'

const production: Environment = { key: 'production', name: 'Production', production: true, position: 2, policy: openPolicy, ofrepExtras: true, revision: 1, rulesetVersion: 1 }
const reviewed: Environment = { ...production, policy: { ...openPolicy, approvals: 1 } }
const fewer: Targeting = { ...sampleTargeting, rules: [] }
const more: Targeting = { ...sampleTargeting, fallthrough: { variant: 'on' } }
const nobody: Impact = { basis: { units: 4000, since: '2026-11-01T00:00:00Z' }, moved: 0, share: 0, moves: [], sample: [], running: null }
const inExperiment: Impact = { ...nobody, moved: 12, share: 0.003, moves: [{ from: 'off', to: 'on', units: 12 }], running: { experiment: 'EXP-7', moved: 12 } }

interface Shown {
  targeting?: Targeting
  environment?: Environment
  role?: 'admin' | 'engineer' | 'product_owner'
  impact?: Impact
  refused?: unknown
  running?: string[]
}

function show({ targeting = fewer, environment = production, role = 'engineer', impact = nobody, refused = null, running = [] }: Shown = {}) {
  const requests = stubServer({
    'POST /api/v1/projects/shop/flags/express-pay/environments/production/impact': () => ({ body: impact }),
    'POST /api/v1/projects/shop/flags/express-pay/environments/production/changes': ({ body }) => ({ status: 201, body: { key: 'CH-4', status: 'schedule' in (body as object) ? 'scheduled' : 'open' } }),
  })
  const onApply = vi.fn()
  const onProposed = vi.fn()
  renderInProject(
    <TargetingReview place={{ project: 'shop', flag: 'express-pay', environment: 'production' }} environment={environment} base={{ revision: 4, targeting: sampleTargeting }} targeting={targeting} naming={namingOf([{ key: 'off', name: 'Off' }, { key: 'on', name: 'On' }])} running={running} saving={false} refused={refused} onApply={onApply} onProposed={onProposed} onClose={() => undefined} />,
    { me: { ...testMe, projects: [{ key: 'shop', name: 'Shop', role }] } },
  )
  const proposals = () => requests.filter(({ path }) => path.endsWith('/changes')).map(({ body }) => body)
  return { onApply, onProposed, proposals }
}
const reason = (words: string) => userEvent.setup().type(screen.getByRole('textbox', { name: 'Why now' }), words)
const press = (name: string) => userEvent.setup().click(screen.getByRole('button', { name }))

test('a reason is needed, and the key of the flag where more people may meet the change', async () => {
  const { onApply } = show({ targeting: more })
  const apply = await screen.findByRole<HTMLButtonElement>('button', { name: 'Apply to production' })
  expect(apply.disabled).toBe(true)
  await reason('Held for 48 h.')
  expect(apply.disabled).toBe(true)
  await userEvent.setup().type(screen.getByRole('textbox', { name: 'Type express-pay to confirm' }), 'express-pay')
  await press('Apply to production')
  expect(onApply).toHaveBeenCalledWith({ reason: 'Held for 48 h.' })
})

test('without a rise only the reason is needed, and who moves is said', async () => {
  const { onApply } = show()
  expect(await screen.findByText('None of the 4,000 people seen since 1 Nov gets something else.')).toBeTruthy()
  await reason('Fewer.')
  expect(screen.queryByRole('textbox', { name: /to confirm/ })).toBeNull()
  await press('Apply to production')
  expect(onApply).toHaveBeenCalledWith({ reason: 'Fewer.' })
})

test('a running experiment is named, with the way to it', async () => {
  show({ running: ['EXP-7'] })
  expect((await screen.findByRole('link', { name: 'EXP-7' })).getAttribute('href')).toBe('/p/shop/experiments/EXP-7')
})

test('moving people out of a running experiment has to be meant', async () => {
  const { onApply } = show({ impact: inExperiment })
  const meant = await screen.findByRole('checkbox', { name: 'Move 12 people who take part in EXP-7' })
  await reason('Broken arm.')
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Apply to production' }).disabled).toBe(true)
  await userEvent.setup().click(meant)
  await press('Apply to production')
  expect(onApply).toHaveBeenCalledWith({ reason: 'Broken arm.', confirmMoves: true })
})

test('an environment under review takes a proposal', async () => {
  const { onApply, onProposed, proposals } = show({ environment: reviewed })
  await screen.findByRole('button', { name: 'Ask for a review' })
  expect(screen.queryByRole('button', { name: 'Apply to production' })).toBeNull()
  expect(screen.queryByRole('radio', { name: 'Without approval' })).toBeNull()
  await reason('Next step.')
  await press('Ask for a review')
  await waitFor(() => { expect(onProposed).toHaveBeenCalled() })
  expect(proposals()).toEqual([{ basedOn: 4, targeting: fewer, reason: 'Next step.' }])
  expect(onApply).not.toHaveBeenCalled()
})

test('past the review goes who may, and says so', async () => {
  const { onApply } = show({ environment: reviewed, role: 'admin' })
  await userEvent.setup().click(await screen.findByRole('radio', { name: 'Without approval' }))
  await reason('Incident.')
  await press('Apply without approval')
  expect(onApply).toHaveBeenCalledWith({ reason: 'Incident.', bypass: true })
})

test('a change can wait for a time in a place', async () => {
  const { proposals, onProposed } = show()
  await userEvent.setup().click(await screen.findByRole('radio', { name: 'Schedule' }))
  await reason('Start of the sale.')
  await press('Schedule')
  await waitFor(() => { expect(onProposed).toHaveBeenCalled() })
  expect(proposals()).toEqual([{ basedOn: 4, targeting: fewer, reason: 'Start of the sale.', schedule: { local: expect.stringMatching(/T09:00$/) as string, timeZone: expect.any(String) as string } }])
})

test('a product owner proposes what an engineer would apply', async () => {
  show({ role: 'product_owner' })
  expect(await screen.findByRole('button', { name: 'Ask for a review' })).toBeTruthy()
  expect(screen.queryByRole('radio', { name: 'Apply now' })).toBeNull()
})

test('what the server asks for meanwhile is asked here', async () => {
  show({ refused: new ApiError('approval_required', 403, 'A change in production needs one approval: propose it for review. Nothing was saved.'), role: 'admin' })
  expect(await screen.findByText(/needs one approval/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Ask for a review' })).toBeTruthy()
})

test('a confirmation that the server asks for is asked, also where the preview is away', async () => {
  const { onApply } = show({ refused: new ApiError('confirmation_required', 409, 'This change may move units exposed to EXP-7.') })
  await userEvent.setup().click(await screen.findByRole('checkbox', { name: 'Move people who take part in the running experiment' }))
  await reason('Meant.')
  await press('Apply to production')
  expect(onApply).toHaveBeenCalledWith({ reason: 'Meant.', confirmMoves: true })
})
