import { expect, test } from 'vitest'
import { auditFilter, auditSearch } from './audit-search.ts'

test('an address says what it narrows by, and what is no filter is left out', () => {
  expect(auditSearch({ kind: 'flag', actor: 'Mina Park', entry: '12', before: 3, key: '' })).toEqual({ kind: 'flag', actor: 'Mina Park', entry: 12 })
  expect(auditSearch({ entry: 'x', from: 7 })).toEqual({})
})

test('what is not set is not asked for', () => {
  expect(auditFilter({ kind: undefined, key: 'checkout' })).toEqual({ key: 'checkout' })
})
