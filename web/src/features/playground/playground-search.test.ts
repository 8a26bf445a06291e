import { expect, test } from 'vitest'
import { playgroundSearch } from './playground-search.ts'

test('an address is read back as it was written', () => {
  const search = { env: 'production', flag: 'express-pay', context: { targetingKey: 'c-1', company: { id: 'acme' } }, at: '2026-11-03T09:00:00.000Z', version: undefined, q: undefined }
  expect(playgroundSearch(JSON.parse(JSON.stringify(search)) as Record<string, unknown>)).toEqual(search)
})

test('what makes no sense is left out', () => {
  expect(playgroundSearch({ env: '', flag: 12, context: [1], at: 'yesterday', version: 1.5 })).toEqual({ env: undefined, flag: '12', context: undefined, at: undefined, version: undefined, q: undefined })
})
