import type { Advice } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { readingAdvice, writingAdvice } from './shown-advice.ts'

const vague: Advice = { field: 'audience', code: 'vague_audience', message: '' }
const reasonless: Advice = { field: 'because', code: 'no_reason', message: '' }

test('an empty field is no matter while a plan is first written', () => {
  expect(writingAdvice([vague, reasonless], false)).toEqual([vague])
  expect(writingAdvice([vague, reasonless], true)).toEqual([vague, reasonless])
})

test('what is missing is said once', () => {
  expect(readingAdvice({ advice: [vague, reasonless], missing: [{ field: 'because', message: '' }, { field: 'audience', message: '' }] })).toEqual([vague])
  expect(readingAdvice({ advice: [reasonless], missing: [] })).toEqual([reasonless])
})
