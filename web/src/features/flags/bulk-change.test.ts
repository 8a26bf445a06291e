import { expect, test } from 'vitest'
import { bulkWords, definitionChange } from './bulk-change.ts'

test('a tag joins those that are there, once', () => {
  expect(definitionChange({ tags: ['web'] }, { type: 'tag', tag: 'mobile' })).toEqual({ tags: ['web', 'mobile'] })
  expect(definitionChange({ tags: ['web'] }, { type: 'tag', tag: 'web' })).toEqual({ tags: ['web'] })
})

test('a new owner takes the place of the old', () => {
  expect(definitionChange({ tags: [] }, { type: 'owner', owner: 'Ada' })).toEqual({ owner: 'Ada' })
})

test('each change is told in words', () => {
  expect(bulkWords({ type: 'tag', tag: 'mobile' }, '3 flags')).toBe('3 flags tagged mobile')
  expect(bulkWords({ type: 'owner', owner: 'Ada' }, '1 flag')).toBe('1 flag given to Ada')
  expect(bulkWords({ type: 'archive', reason: '' }, '2 flags')).toBe('2 flags archived')
})
