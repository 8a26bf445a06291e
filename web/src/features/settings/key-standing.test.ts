import type { SdkKey } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { keyStanding, laterBy, timeLeft } from './key-standing.ts'

const at = (hours: number) => new Date(Date.parse('2026-05-02T00:00:00.000Z') + hours * 3_600_000)
const key: SdkKey = { id: '1', environment: 'production', kind: 'server', name: 'checkout', prefix: 'srv_abcd', createdAt: at(-500).toISOString(), createdBy: 'Ada', lastUsedAt: null, lastUsedBy: null, revokedAt: null, replacedBy: null, stopsAt: null }
/** Rotated at 0 h, with a day of overlap. */
const rotated: SdkKey = { ...key, replacedBy: { id: '2', prefix: 'srv_next', createdAt: at(0).toISOString() }, stopsAt: at(24).toISOString() }

test('a key works, leaves beside its successor, and has ended', () => {
  expect(keyStanding(key, at(0))).toEqual({ kind: 'works' })
  expect(keyStanding(rotated, at(1))).toEqual({ kind: 'leaving', by: 'srv_next', stopsAt: rotated.stopsAt, warning: null })
  expect(keyStanding({ ...key, revokedAt: at(0).toISOString() }, at(1))).toEqual({ kind: 'ended', at: at(0).toISOString(), by: null })
})

test('a key whose time is over has ended, also before the list is read again', () => {
  expect(keyStanding(rotated, at(24))).toEqual({ kind: 'ended', at: rotated.stopsAt, by: 'srv_next' })
})

test('near its end it is said who still uses it', () => {
  const used = { ...rotated, lastUsedAt: at(19.5).toISOString(), lastUsedBy: 'assay-node/1.2' }
  expect(keyStanding(used, at(20))).toMatchObject({ warning: 'Still used by assay-node/1.2: deploy srv_next… there, or let this key stop later.' })
  expect(keyStanding({ ...used, lastUsedBy: null }, at(20))).toMatchObject({ warning: expect.stringMatching(/^Still used: deploy/) })
  // Not yet near, not used lately, and not used since the rotation.
  expect(keyStanding(used, at(17))).toMatchObject({ warning: null })
  expect(keyStanding(used, at(22))).toMatchObject({ warning: null })
  expect(keyStanding({ ...used, stopsAt: at(0.5).toISOString(), lastUsedAt: at(-0.1).toISOString() }, at(0.4))).toMatchObject({ warning: null })
})

test.each([
  [0.5 / 60, 'in less than a minute'],
  [59.9 / 60, 'in 59 min'],
  [1, 'in 1 h'],
  [23.99, 'in 23 h'],
  [47.9, 'in 47 h'],
  [48, 'in 2 days'],
  [168, 'in 7 days'],
])('%d hours are %j', (hours, words) => {
  expect(timeLeft(at(hours).toISOString(), at(0))).toBe(words)
})

test('a later end counts from the present one', () => {
  expect(laterBy(at(24).toISOString(), 1)).toBe(at(25).toISOString())
})
