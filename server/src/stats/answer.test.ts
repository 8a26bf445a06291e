import { expect, it } from 'vitest'
import { answerOrNull, finite, isAnswer, mapAnswer, noAnswer, type Answer } from './answer.ts'

it('a missing answer keeps its reason through everything that is built on it', () => {
  const missing: Answer<number> = noAnswer('no_units')
  expect(mapAnswer(missing, (value: number) => value + 1)).toEqual({ noAnswer: 'no_units' })
  expect(mapAnswer(2, (value) => value + 1)).toBe(3)
  expect(isAnswer(missing)).toBe(false)
  expect(answerOrNull(missing)).toBeNull()
  expect(answerOrNull(0)).toBe(0)
})

it('nothing that is no number passes the gate, however deep it stands', () => {
  expect(finite({ a: [1, { b: NaN }] })).toEqual({ noAnswer: 'invalid_input' })
  expect(finite([Infinity])).toEqual({ noAnswer: 'invalid_input' })
  expect(finite({ a: null, b: 'x', c: [0] })).toEqual({ a: null, b: 'x', c: [0] })
})
