import { expect, test } from 'vitest'
import { findSettings } from './find-settings.ts'

const staging = { key: 'staging', name: 'Staging', production: false, position: 0, policy: { approvals: 0, approvers: ['admin' as const], requireReason: false }, ofrepExtras: true, revision: 1, rulesetVersion: 1 }
const found = (search: string) => findSettings(search, { environments: [staging] }).map(({ section, label }) => `${section}: ${label}`)

test('a setting is found by its name, by what else people call it, and by the page that it is on', () => {
  expect(found('rotate sdk')).toEqual(['keys: Rotate an SDK key'])
  expect(found('overlap')).toEqual(['keys: Rotate an SDK key'])
  expect(found('openfeature')).toEqual(['environments: What OFREP answers'])
  expect(found('sdk')).toContain('keys: Make an SDK key')
})

test('every word has to be there, at the start of one', () => {
  expect(found('revoke sdk')).toEqual(['keys: Revoke an SDK key'])
  expect(found('revoke banana')).toEqual([])
  expect(found('ousand')).toEqual([])
})

test('what says it in its name comes first', () => {
  expect(found('password')[0]).toBe('sessions: Change your password')
  expect(found('session').length).toBeGreaterThan(1)
})

test('environments of the project are found by name', () => {
  expect(found('stag')).toEqual(['environments: Staging', 'environments: Add an environment'])
})

test('nothing asked, nothing found', () => {
  expect(found(' ')).toEqual([])
})
