import { expect, test } from 'vitest'
import { slugOf } from './slug-of.ts'

test.each([
  ['Orders placed', 'orders-placed'],
  ['  Café & crème!  ', 'cafe-creme'],
  ['p95 latency (ms)', 'p95-latency-ms'],
  ['!!!', ''],
])('%s becomes %s', (name, key) => {
  expect(slugOf(name)).toBe(key)
})
