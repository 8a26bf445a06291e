import { expect, test } from 'vitest'
import { testProject } from '../../testing/render.tsx'
import { callersOf, connectedWords } from './callers.ts'

const now = new Date('2026-11-25T12:00:00Z')
const usage = (environments: { environment: string; lastEvaluatedAt: string | null; hourly: number[] }[]) => ({ flag: 'a', lifecycle: { state: 'live' as const, reason: '' }, environments })

test('an environment that asks is named with how often and how lately', () => {
  expect(callersOf(usage([{ environment: 'production', lastEvaluatedAt: '2026-11-25T11:58:00Z', hourly: [41_000, 210] }]), testProject.environments, now)).toEqual([{ environment: 'Production', words: '41,210 decisions in the last 24 hours, the last 2 minutes ago' }])
  expect(callersOf(usage([{ environment: 'production', lastEvaluatedAt: '2026-11-20T12:00:00Z', hourly: [0] }]), testProject.environments, now)).toEqual([{ environment: 'Production', words: 'last asked for 5 days ago' }])
})

test('an environment that never asked is nobody', () => {
  expect(callersOf(usage([{ environment: 'staging', lastEvaluatedAt: null, hourly: [] }]), testProject.environments, now)).toEqual([])
  expect(callersOf(undefined, testProject.environments, now)).toEqual([])
})

test('connected services are told by what they run', () => {
  const instance = (sdk: string) => ({ instanceId: sdk, sdk, epoch: 'e', version: 1, appliedAt: '2026-11-25T11:00:00Z', seenAt: '2026-11-25T11:00:00Z' })
  expect(connectedWords({ connected: 2, instances: [instance('node 0.1.0'), instance('node 0.1.0')] })).toBe('2 connected SDKs (node 0.1.0)')
  expect(connectedWords({ connected: 1, instances: [] })).toBe('1 connected SDK')
  expect(connectedWords({ connected: 0, instances: [] })).toBeNull()
})
