import { expect, test } from 'vitest'
import { currentLook, type LookInput } from './looks.ts'

const startedAt = new Date('2026-03-01T00:00:00.000Z')
const look = (at: string, information: number) => ({ at: new Date(at), information })
const at = (now: string, change: Partial<LookInput> = {}): LookInput => ({ plan: { mode: 'group_sequential', plannedDays: null }, startedAt, now: new Date(now), ended: false, informationFraction: 0.4, earlier: [look('2026-03-02T06:00:00.000Z', 0.1), look('2026-03-03T06:00:00.000Z', 0.3)], ...change })

test('the first analysis of a day is a look, the others belong to it', () => {
  expect(currentLook(at('2026-03-04T00:00:00.000Z'))).toEqual({ earlier: [0.1, 0.3], information: 0.4, kind: 'new' })
  expect(currentLook(at('2026-03-03T23:59:59.000Z'))).toEqual({ earlier: [0.1], information: 0.3, kind: 'between' })
})

test('the end of the plan is a look of its own, also on a day that had one', () => {
  expect(currentLook(at('2026-03-03T09:00:00.000Z', { ended: true, informationFraction: 1.01 }))).toEqual({ earlier: [0.1, 0.3], information: 1.01, kind: 'new' })
})

test('after the last look its boundary stands: alpha is spent once', () => {
  const bySize = [look('2026-03-02T06:00:00.000Z', 0.5), look('2026-03-03T06:00:00.000Z', 1)]
  expect(currentLook(at('2026-03-09T00:00:00.000Z', { ended: true, informationFraction: 1.2, earlier: bySize }))).toEqual({ earlier: [0.5], information: 1, kind: 'last' })
  const byDays = [look('2026-03-02T06:00:00.000Z', 0.5), look('2026-03-15T06:00:00.000Z', 0.8)]
  expect(currentLook(at('2026-03-16T00:00:00.000Z', { plan: { mode: 'group_sequential', plannedDays: 14 }, ended: true, informationFraction: 0.85, earlier: byDays }))).toEqual({ earlier: [0.5], information: 0.8, kind: 'last' })
})

test.each(['fixed', 'always_valid'] as const)('a plan in mode %s has no looks to count', (mode) => {
  expect(currentLook(at('2026-03-03T09:00:00.000Z', { plan: { mode, plannedDays: null }, earlier: [] }))).toEqual({ earlier: [], information: 0.4, kind: 'new' })
})
