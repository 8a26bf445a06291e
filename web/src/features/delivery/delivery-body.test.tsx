import type { Delivery } from '@assay/server/contract'
import { fireEvent, screen } from '@testing-library/react'
import type { ComponentProps } from 'react'
import { expect, test, vi } from 'vitest'
import { ApiError } from '../../api/client.ts'
import { renderInProject, testProject } from '../../testing/render.tsx'
import { DeliveryBody } from './delivery-body.tsx'

const empty: Delivery = {
  from: '2027-01-01T00:00:00.000Z', to: '2027-04-01T00:00:00.000Z', zone: 'UTC', environments: ['production'], complete: true, firstChangeAt: null,
  changes: { total: 0, previous: 0, live: 0, takenBack: 0, days: [], hours: [] },
  rollbacks: { total: 0, turnedOff: 0, restoreMs: null, list: [] },
  fullExposure: { total: 0, atOnce: 0, ms: null, list: [] },
  turnedOff: 0,
}
const body = (part: Partial<ComponentProps<typeof DeliveryBody>>) =>
  renderInProject(<DeliveryBody project={testProject} delivery={empty} error={null} loadingOther={false} environment={undefined} days={90} clock="UTC" onRetry={() => undefined} {...part} />)

test('before anything changed it says what it is for, and where to begin', async () => {
  body({})
  expect(await screen.findByRole('heading', { name: 'Nothing changed in production yet' })).toBeDefined()
  expect(screen.getByRole('link', { name: 'Go to flags' }).getAttribute('href')).toBe('/p/shop/flags')
})

test('another environment is named', async () => {
  body({ environment: 'staging', delivery: { ...empty, environments: ['staging'] } })
  expect(await screen.findByRole('heading', { name: 'Nothing changed in Staging yet' })).toBeDefined()
})

test('a project without production is told how to have one', async () => {
  body({ delivery: { ...empty, environments: [] } })
  expect(await screen.findByRole('heading', { name: 'No environment is marked as production' })).toBeDefined()
  expect(screen.getByRole('link', { name: 'Go to environments' }).getAttribute('href')).toBe('/p/shop/settings/environments')
})

test('a quiet period says when the first change was', async () => {
  body({ delivery: { ...empty, firstChangeAt: '2026-10-05T08:30:00.000Z' } })
  expect(await screen.findByText(/Nothing changed in these 90 days\. The first change was on 5 Oct 2026, 08:30 UTC/)).toBeDefined()
  expect(screen.getByRole('region', { name: 'Rolled back' }).textContent).toContain('No change left a flag on in this time.')
})

test('while old entries are read, it says that numbers will grow', async () => {
  body({ delivery: { ...empty, complete: false } })
  expect(await screen.findByText(/these numbers will grow/)).toBeDefined()
})

test('a failure says what is wrong, and can be tried again', async () => {
  const onRetry = vi.fn()
  body({ delivery: undefined, error: new ApiError('forbidden', 403, 'You may not read this project.'), onRetry })
  expect(await screen.findByText('You may not read this project.')).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: /again/i }))
  expect(onRetry).toHaveBeenCalledOnce()
})
