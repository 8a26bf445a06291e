import { expect, test } from 'vitest'
import { wrongBodies } from './wrong-bodies.ts'

test('wrong bodies lack a member, have one too many, or have one of another kind', () => {
  const wrong = wrongBodies({ key: 'a', more: { name: 'b' } }, () => false)
  expect(wrong).toContainEqual({ more: { name: 'b' } })
  expect(wrong).toContainEqual({ key: 'a', more: { name: 'b' }, noSuchMember: 1 })
  expect(wrong).toContainEqual({ key: { no: 'such thing' }, more: { name: 'b' } })
  expect(wrong).toContainEqual({ key: 'a', more: {} })
  expect(wrong).toContainEqual({ key: 'a', more: { name: { no: 'such thing' } } })
})

test('what is right after all is left out', () => {
  expect(wrongBodies({ key: 'a' }, (candidate) => !Array.isArray(candidate) && typeof candidate === 'object')).toEqual([[]])
})
