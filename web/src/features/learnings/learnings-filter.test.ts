import { expect, test } from 'vitest'
import { learningsFilter } from './learnings-filter.ts'

test('the address becomes what the server is asked', () => {
  expect(learningsFilter({ q: ' forms ', verdict: 'harmful', evidence: 'strong', metric: 'orders', show: 'wrong' })).toEqual({ search: 'forms', verdict: 'harmful', evidence: 'strong', metric: 'orders', wrong: 'true' })
  expect(learningsFilter({ show: 'contradicted' })).toEqual({ contradicted: 'true' })
})

test('what nobody knows is left out', () => {
  expect(learningsFilter({ q: '  ', verdict: 'maybe', evidence: 'some', show: 'nothing' })).toEqual({})
})
