import { expect, test, vi } from 'vitest'
import type { ComparedFlag, FlagSummary, FlagUsage, Targeting } from '@assay/server/contract'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderInProject } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { ArchiveDialog } from './archive-dialog.tsx'
import { flagSummary, sampleTargeting } from './flag.samples.ts'

const used: FlagUsage = { flag: 'checkout.express-pay', lifecycle: { state: 'live', reason: '' }, environments: [{ environment: 'production', lastEvaluatedAt: new Date().toISOString(), hourly: [0, 120] }] }
const needing: Targeting = { ...sampleTargeting, prerequisites: [{ flag: 'checkout.express-pay', variants: ['on'] }] }

interface Known {
  usage?: FlagUsage[]
  compared?: ComparedFlag[]
  running?: string[]
  flag?: Partial<FlagSummary>
}

function show({ usage = [used], compared = [], running = [], flag = {} }: Known = {}) {
  stubServer({})
  const onArchive = vi.fn()
  const one = flagSummary(flag)
  renderInProject(<ArchiveDialog flags={[one]} running={running} busy={false} onArchive={onArchive} onClose={() => undefined} />, {
    data: [
      [['usage', 'shop', 'of', { flags: one.key }], { flags: usage }],
      [['flags', 'shop', 'names', { flags: one.key }], { flags: [one] }],
      ...[['development', 'staging'], ['production', 'staging']].map(([from, to]) => [['flags', 'shop', 'compare', from, to], { flags: compared }] as const),
      ...['development', 'staging', 'production'].map((environment) => [['connections', 'shop', environment], { epoch: 'e', version: 1, connected: environment === 'production' ? 2 : 0, upToDate: 0, instances: [] }] as const),
    ],
  })
  return onArchive
}

test('who still asks is named, and the flag may go anyway', async () => {
  const person = userEvent.setup()
  const onArchive = show()
  expect(await screen.findByText(/^Production: 120 decisions in the last 24 hours/)).toBeTruthy()
  expect(screen.getByText('Connected now: Production, 2 connected SDKs.')).toBeTruthy()
  await person.type(screen.getByRole('textbox', { name: 'Why' }), 'Done with it.')
  await person.click(screen.getByRole('button', { name: 'Archive anyway' }))
  expect(onArchive).toHaveBeenCalledWith('Done with it.')
})

test('a flag that nobody asks for goes without a warning, and takes its open changes along', async () => {
  show({ usage: [], flag: { openChanges: 2 } })
  expect(await screen.findByText('Nobody has asked for it.')).toBeTruthy()
  expect(screen.getByText('2 proposed changes are withdrawn.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Archive flag' })).toBeTruthy()
})

test('a flag that another needs stays, and says who does and where', async () => {
  show({ compared: [{ flag: 'cart', name: 'Cart', same: true, from: needing, to: sampleTargeting }] })
  expect(await screen.findByText('1 flag needs it.')).toBeTruthy()
  expect(screen.getByText('cart')).toBeTruthy()
  expect(screen.getByText(/Development, Production/)).toBeTruthy()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Archive anyway' }).disabled).toBe(true)
})

test('a flag under a running experiment stays', async () => {
  show({ running: ['EXP-4'] })
  expect(await screen.findByText('EXP-4 is running here.')).toBeTruthy()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Archive anyway' }).disabled).toBe(true)
})
