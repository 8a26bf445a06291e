import { expect, test } from 'vitest'
import { ApiError } from './client.ts'
import { fieldErrors } from './field-errors.ts'

test('messages of a refused request are found by their field', () => {
  const refused = new ApiError('invalid_request', 400, 'Two things are wrong.', [{ path: 'email', message: 'Give an e-mail address.' }, { path: 'name', message: 'Give it a name.' }])
  expect(fieldErrors(refused)).toEqual({ email: 'Give an e-mail address.', name: 'Give it a name.' })
})

test('any other failure is about no field', () => {
  expect(fieldErrors(new ApiError('forbidden', 403, 'No.', [{ path: 'a', message: 'b' }]))).toEqual({})
  expect(fieldErrors(new ApiError('invalid_request', 400, 'No.'))).toEqual({})
  expect(fieldErrors(new Error('offline'))).toEqual({})
})
