import { expect, test } from 'vitest'
import { around } from './around.ts'

test('around a time are the half hours before and after it', () => {
  expect(around('2026-11-20T23:50:00.000Z')).toEqual({ from: '2026-11-20T23:20:00.000Z', to: '2026-11-21T00:20:00.000Z' })
})
