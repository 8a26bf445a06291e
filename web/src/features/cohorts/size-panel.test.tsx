import type { CohortSize } from '@assay/server/contract'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderInProject, testProject } from '../../testing/render.tsx'
import { emptyCohort, type CohortForm } from './cohort-form.ts'
import { SizePanel } from './size-panel.tsx'

const size: CohortSize = {
  basis: { units: 200, since: '2026-05-01T09:00:00.000Z', until: '2026-05-02T09:00:00.000Z' }, inside: 50, unknown: 20, share: 0.25,
  examples: [{ unit: 'customer-7', seenAt: '2026-05-02T09:00:00.000Z', listed: false, attributes: { country: 'DE' } }, { unit: 'customer-9', seenAt: '2026-05-02T08:00:00.000Z', listed: true, attributes: { country: null } }],
}
const german: CohortForm = { ...emptyCohort('user'), when: { attribute: 'country', op: 'in', values: ['DE'] } }

/** Answers every count in the same way, and keeps what was asked. */
function answering(status: number, answer: unknown): unknown[] {
  const asked: unknown[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation((path, { body } = {}) => {
    if (typeof body === 'string') asked.push(JSON.parse(body))
    return Promise.resolve(path === '/api/v1/projects/shop' ? Response.json(testProject) : Response.json(answer, { status }))
  })
  return asked
}

test('a cohort as it is edited is counted in production, with who of whom and why', async () => {
  const asked = answering(200, size)
  renderInProject(<SizePanel cohortKey="eea" form={german} />, { path: '/cohorts/eea' })
  expect(await screen.findByText('25%')).toBeTruthy()
  expect(screen.getByText('50 of the 200 people seen lately')).toBeTruthy()
  expect(screen.getByText('20 more (10%) cannot be told: services did not send what the condition asks.')).toBeTruthy()
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['customer-7country DE', 'customer-9always incountry not known'])
  expect(asked).toEqual([{ environment: 'production', key: 'eea', unit: 'user', when: german.when, included: [], excluded: [] }])
  await userEvent.click(screen.getByRole('combobox', { name: 'Counted in' }))
  await userEvent.click(await screen.findByRole('option', { name: 'Staging' }))
  await waitFor(() => { expect(asked).toHaveLength(2) })
  expect(asked[1]).toMatchObject({ environment: 'staging' })
})

test('while the condition is unfinished nothing is asked', async () => {
  const asked = answering(200, size)
  renderInProject(<SizePanel form={{ ...german, when: { attribute: 'country', op: 'in', values: [] } }} />, { path: '/cohorts/new' })
  expect(await screen.findByText(/Give a value that country is compared with/)).toBeTruthy()
  expect(asked).toEqual([])
})

test('where nobody was seen, the page says how somebody will be', async () => {
  answering(200, { basis: { units: 0, since: null, until: null }, inside: 0, unknown: 0, share: 0, examples: [] } satisfies CohortSize)
  renderInProject(<SizePanel form={german} />, { path: '/cohorts/new' })
  expect(await screen.findByText(/Nobody was seen here in the last 30 days/)).toBeTruthy()
})

test('a size that is not known is said, with the reason', async () => {
  answering(503, { error: { code: 'storage_unavailable', message: 'The event store does not answer.' } })
  renderInProject(<SizePanel form={german} />, { path: '/cohorts/new' })
  expect(await screen.findByText('The size is not known: The event store does not answer.')).toBeTruthy()
})
