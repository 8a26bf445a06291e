import { expect, test } from 'vitest'
import { exportAddress } from './export-address.ts'

test('an address has the format and the filters that are set, and no other', () => {
  expect(exportAddress('shop', 'flags', 'parquet', { q: 'pay & go', tag: undefined, kind: '' })).toBe('/api/v1/projects/shop/exports/flags?format=parquet&q=pay+%26+go')
  expect(exportAddress('shop', 'cohorts', 'csv', {})).toBe('/api/v1/projects/shop/exports/cohorts?format=csv')
})
