import { expect, test } from 'vitest'
import { isRowError, isStoreAway } from './storage-errors.ts'

const error = (message: string, code?: string) => Object.assign(new Error(message), code === undefined ? {} : { code })

test.each([
  [error('Cannot parse input', '27'), true, false],
  [error('Memory limit exceeded', '241'), false, false],
  [error('connect ECONNREFUSED 127.0.0.1:9', 'ECONNREFUSED'), false, true],
  [error('getaddrinfo EAI_AGAIN clickhouse', 'EAI_AGAIN'), false, true],
  [error('Timeout error.'), false, true],
  [error('The user aborted a request.'), false, true],
  [error('x is not a function'), false, false],
  ['text', false, false],
])('%s: about a row %s, away %s', (given, row, away) => {
  expect([isRowError(given), isStoreAway(given)]).toEqual([row, away])
})
