import { expect, test } from 'vitest'
import { connectedText } from './connected-text.ts'

test('connected SDKs are counted, and none is said', () => {
  expect(connectedText({ connected: 0, upToDate: 0 })).toBe('None')
  expect(connectedText({ connected: 1200, upToDate: 3 })).toBe('3 of 1,200 up to date')
})
