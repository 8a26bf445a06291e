import { expect, test } from 'vitest'
import { askedOf, flagView, isFiltered, knownFilter } from './flag-views.ts'

test('nonsense narrows nothing', () => {
  expect(knownFilter({ kind: 'nonsense', state: 'gone', tag: 'mobile' })).toEqual({ tag: 'mobile' })
  expect(askedOf('live', { kind: 'nonsense', state: 'gone', q: '  ' })).toEqual({ view: 'live' })
})

test('the server is asked for what the address says', () => {
  expect(askedOf('all', { q: ' pay ', kind: 'release', tag: 'mobile', owner: 'nobody', state: 'stale' })).toEqual({ view: 'all', q: 'pay', kind: 'release', tag: 'mobile', owner: 'nobody', state: 'stale' })
  expect([isFiltered({}), isFiltered({ q: undefined }), isFiltered({ tag: 'mobile' })]).toEqual([false, false, true])
})

test('an address may ask for any view, and nonsense is all', () => {
  expect(flagView('archived')).toBe('archived')
  expect(flagView('gone')).toBe('all')
  expect(flagView(undefined)).toBe('all')
})
