import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { analysis, experiment, verdict } from './experiment.samples.ts'
import { HealthTab } from './health-tab.tsx'

const now = new Date('2026-11-24T12:01:00Z')
const connected = [['connections', 'shop', 'production'], { epoch: 'e', version: 3, connected: 1, upToDate: 1, instances: [{ instanceId: '1', sdk: '@assay/sdk 1.0.0', epoch: 'e', version: 3, appliedAt: '2026-11-24T12:00:00Z', seenAt: '2026-11-24T12:00:00Z' }] }] as const

test('one sentence says whether the numbers can be believed, with what it rests on', async () => {
  renderInProject(<HealthTab experiment={experiment({ analysis: analysis({ findings: [], arrivals: [{ day: '2026-11-10', arms: [{ arm: 'control', n: 5 }, { arm: 'express', n: 4 }] }] }) })} revealed={false} now={now} />, { data: [connected] })
  expect(await screen.findByText('Nothing stands against these numbers.')).toBeDefined()
  expect(screen.getByText('@assay/sdk 1.0.0')).toBeDefined()
  expect(screen.getByRole('img', { name: /^People per day\. 9 people in 1 day/ })).toBeDefined()
  expect(screen.getByText('p of this split')).toBeDefined()
  expect(screen.getByText('Engine version')).toBeDefined()
})

test('what is odd about hidden numbers is hidden with them, until somebody asked for them', async () => {
  const invalid = experiment({ analysis: analysis({ findings: [{ code: 'lift_over_half', metric: 'completion', evidence: 'A change of 80%.' }], verdict: verdict({ kind: 'invalid', final: false, reasons: [{ code: 'srm' }] }) }), verdict: { kind: 'invalid', final: false, sentence: 'Invalid.' } })
  const { unmount } = renderInProject(<HealthTab experiment={invalid} revealed={false} now={now} />, { data: [connected] })
  expect(await screen.findByText(/^Do not trust these numbers yet/)).toBeDefined()
  expect(screen.queryByText('A change of 80%.')).toBeNull()
  unmount()
  renderInProject(<HealthTab experiment={invalid} revealed now={now} />, { data: [connected] })
  expect(await screen.findByText('A change of 80%.')).toBeDefined()
})

test('before it starts there is nothing to check but who is connected', async () => {
  renderInProject(<HealthTab experiment={experiment({ status: 'draft', analysis: null, verdict: null })} revealed={false} now={now} />, { data: [[connected[0], { epoch: 'e', version: 3, connected: 0, upToDate: 0, instances: [] }]] })
  expect(await screen.findByText('It has not started')).toBeDefined()
  expect(screen.getByText(/^No SDK is connected to Production now/)).toBeDefined()
})
