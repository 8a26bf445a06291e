import { describe, expect, test } from 'vitest'
import { lifecycle, type LifecycleInput, type ServedVariant } from './lifecycle.ts'
import type { Outcomes } from './possible-outcomes.ts'

const NOW = new Date('2026-06-30T12:00:00Z')
const ago = (days: number) => new Date(NOW.getTime() - days * 24 * 3_600_000)
const served = (variant: string | null, fromDaysAgo: number, toDaysAgo = 0): ServedVariant => ({ variant, firstAt: ago(fromDaysAgo), lastAt: ago(toDaysAgo) })
const onForAll: Outcomes = { enabled: true, offVariant: 'off', prerequisites: [], serves: [], fallthrough: { variant: 'on' } }
const off: Outcomes = { ...onForAll, enabled: false }

/** A release flag of ten days that nobody asked for. */
function flag(more: Partial<LifecycleInput> & { served?: ServedVariant[]; outcomes?: Outcomes } = {}): LifecycleInput {
  const { served: found = [], outcomes = onForAll, ...rest } = more
  return { kind: 'release', createdAt: ago(10), archivedAt: null, expectedRemoval: null, experiment: null, production: [{ outcomes, served: found }], askedElsewhereAt: null, ...rest }
}

const cases: [string, LifecycleInput, string, string][] = [
  ['archived, whatever else', flag({ archivedAt: ago(3), served: [served('on', 20)] }), 'archived', 'Archived on 27 June 2026.'],
  ['never asked for', flag(), 'new', 'No service in production has asked for it yet.'],
  ['asked for in staging only, for months', flag({ createdAt: ago(90), askedElsewhereAt: ago(1) }), 'new', 'Asked for elsewhere, and by no service in production yet.'],
  ['never asked for, for months', flag({ createdAt: ago(40) }), 'stale', 'Created 40 days ago, and no service in production has ever asked for it.'],
  ['a permission never asked for, for months', flag({ kind: 'permission', createdAt: ago(40) }), 'stale', 'Created 40 days ago, and no service in production has ever asked for it.'],
  ['asked for today, off', flag({ outcomes: off, served: [served('off', 1)] }), 'live', 'Services ask for it in production.'],
  ['two variants', flag({ createdAt: ago(60), served: [served('on', 50), served('off', 50)] }), 'live', 'Services ask for it in production.'],
  ['one variant for less than 7 days', flag({ served: [served('on', 6)] }), 'live', 'Services ask for it in production.'],
  ['the other variant ended 6 days ago', flag({ served: [served('on', 9), served('off', 9, 6)] }), 'live', 'Services ask for it in production.'],
  ['one variant for 7 days, and no other possible', flag({ served: [served('on', 9), served('off', 9, 8)] }), 'rolled_out', 'For 7 days everybody in production got on, and nothing else can be served.'],
  ['one variant, but another is possible', flag({ served: [served('on', 9)], outcomes: { ...onForAll, serves: [{ variant: 'off' }] } }), 'live', 'Services ask for it in production.'],
  ['one variant for 7 days because it is off', flag({ served: [served('off', 9)], outcomes: off }), 'live', 'Services ask for it in production.'],
  ['a release flag of 30 days with one value', flag({ createdAt: ago(30), served: [served('on', 25)] }), 'stale', 'Older than 30 days, and for 7 days everybody in production got on.'],
  ['an experiment flag of 30 days that gives the default', flag({ kind: 'experiment', createdAt: ago(30), served: [served(null, 25)] }), 'stale', 'Older than 30 days, and for 7 days everybody in production got the caller’s default.'],
  ['an operational flag of a year with one value', flag({ kind: 'operational', createdAt: ago(365), served: [served('on', 300)] }), 'rolled_out', 'For 7 days everybody in production got on, and nothing else can be served.'],
  ['a release flag of 30 days not asked for in 7', flag({ createdAt: ago(30), served: [served('on', 20, 7.5)] }), 'stale', 'No service has asked for it in production for 7 days.'],
  ['a young release flag not asked for in 8 days', flag({ createdAt: ago(12), served: [served('on', 11, 8)] }), 'live', 'Asked for in production last 8 days ago.'],
  ['a permission not asked for in 29 days', flag({ kind: 'permission', createdAt: ago(200), served: [served('on', 200, 29)] }), 'live', 'Asked for in production last 29 days ago.'],
  ['a permission not asked for in 31 days', flag({ kind: 'permission', createdAt: ago(200), served: [served('on', 200, 31)] }), 'stale', 'No service has asked for it in production for 31 days.'],
  ['past its day with one value', flag({ kind: 'operational', expectedRemoval: '2026-06-29', served: [served('on', 9)] }), 'stale', 'It should have been gone by 29 June 2026, and on has been served to everybody for 7 days.'],
  ['on its day', flag({ kind: 'operational', expectedRemoval: '2026-06-30', served: [served('on', 9)] }), 'rolled_out', 'For 7 days everybody in production got on, and nothing else can be served.'],
  ['past its day with two values', flag({ expectedRemoval: '2026-06-29', served: [served('on', 9), served('off', 9)] }), 'live', 'Services ask for it in production.'],
  ['old, with a running experiment', flag({ createdAt: ago(90), experiment: 'EXP-4', served: [served('on', 80)] }), 'live', 'EXP-4 runs on it.'],
]

describe('a flag is', () => {
  test.each(cases)('%s: %#', (_name, input, state, reason) => {
    expect(lifecycle(input, NOW)).toEqual({ state, reason })
  })
})

test('several production environments are one: a value in each is two values', () => {
  const input = flag({ createdAt: ago(60), production: [{ outcomes: onForAll, served: [served('on', 30)] }, { outcomes: off, served: [served('off', 30)] }] })
  expect(lifecycle(input, NOW).state).toBe('live')
})
