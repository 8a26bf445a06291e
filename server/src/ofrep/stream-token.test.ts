import { expect, test } from 'vitest'
import { readToken, signedText, streamToken } from './stream-token.ts'

const sign = (keyId: string, text: string) => (keyId === 'gone' ? null : Buffer.from(text).toString('base64url'))
const NOON = Date.UTC(2026, 10, 24, 12)

test('a token names its key, ends after one to two hours, and is the same for an hour', () => {
  const token = streamToken('key-1', NOON, sign)
  expect(token).toBe(streamToken('key-1', NOON + 3_599_999, sign))
  expect(token).not.toBe(streamToken('key-1', NOON + 3_600_000, sign))
  expect(readToken(token ?? '')).toEqual({ keyId: 'key-1', expires: NOON / 1000 + 7200, signature: sign('key-1', signedText({ keyId: 'key-1', expires: NOON / 1000 + 7200 })) })
})

test('there is no token for a key that is not live', () => {
  expect(streamToken('gone', NOON, sign)).toBeNull()
})

test.each(['', 'x', 'a.b.c', `key.12.${'x'.repeat(200)}`, `key.-5.${'x'.repeat(20)}`, `ke y.5.${'x'.repeat(20)}`, `key.5.${'x'.repeat(20)}.more`])('%j is no token', (text) => {
  expect(readToken(text)).toBeNull()
})
