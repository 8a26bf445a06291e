import type { ExportSchedule } from '@assay/server/contract'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { SchedulesTable } from './schedules-table.tsx'

const schedule: ExportSchedule = {
  id: 'a', name: 'Weekly', source: { resource: 'flags', filters: {} }, format: 'csv', every: 'week', hour: 5, destination: { kind: 'folder', folder: '' }, enabled: true, revision: 1, runsAs: 'Ada', createdAt: '2026-11-25T00:00:00.000Z', createdBy: 'Ada',
  nextRunAt: '2999-11-30T05:00:00.000Z', lastRun: null,
}
const failed = { state: 'failed', dueAt: '2026-11-25T05:00:00.000Z', startedAt: '2026-11-25T05:00:00.000Z', finishedAt: '2026-11-25T05:00:01.000Z', attempt: 1, rows: null, bytes: null, location: null, error: 'The service answered 503.', retryAt: '2026-11-25T05:01:00.000Z' } as const
const handlers = { busy: false, onRun: vi.fn(), onTurn: vi.fn(), onEdit: vi.fn(), onRenew: vi.fn(), onDelete: vi.fn() }

test('a schedule that failed says why and when it is tried again, and can be run now', async () => {
  const user = userEvent.setup()
  renderInProject(<SchedulesTable schedules={[{ ...schedule, lastRun: failed }]} {...handlers} />)
  expect(await screen.findByText('The service answered 503.')).toBeDefined()
  expect(screen.getByText(/Tried again at/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Run Weekly now' }))
  expect(handlers.onRun).toHaveBeenCalledOnce()
})

test('one that is off or running cannot be run, and only a webhook has a secret', async () => {
  const user = userEvent.setup()
  const running = { ...failed, state: 'running', finishedAt: null, error: null, retryAt: null } as const
  renderInProject(<SchedulesTable schedules={[{ ...schedule, enabled: false, nextRunAt: null }, { ...schedule, id: 'b', name: 'Hook', destination: { kind: 'webhook', url: 'https://example.com/' }, lastRun: running }]} {...handlers} />)
  for (const name of ['Run Weekly now', 'Run Hook now']) expect((await screen.findByRole('button', { name })).hasAttribute('disabled')).toBe(true)
  await user.click(screen.getByRole('button', { name: 'More for Weekly' }))
  expect(await screen.findByText('Turn on')).toBeDefined()
  expect(screen.queryByText('Renew the secret')).toBeNull()
  await user.keyboard('{Escape}')
  await user.click(screen.getByRole('button', { name: 'More for Hook' }))
  expect(await screen.findByText('Renew the secret')).toBeDefined()
})
