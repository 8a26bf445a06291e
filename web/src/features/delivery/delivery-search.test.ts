import { expect, test } from 'vitest'
import { deliverySearch } from './delivery-search.ts'

test('an address says period, environment and clock', () => {
  expect(deliverySearch({ days: 365, environment: 'staging', clock: 'local' })).toEqual({ days: 365, environment: 'staging', clock: 'local' })
  expect(deliverySearch({ days: '30' })).toEqual({ days: 30 })
})

test('what it does not understand is as if it were not said', () => {
  expect(deliverySearch({ days: 12, environment: '', clock: 'utc', other: 1 })).toEqual({})
})
