import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createRefreshToken, GRACE_MS, judgeRefresh, sessionIdOf, successorOf } from './refresh-token.ts'
import { hashSecret } from './secret.ts'

const id = '01930000-0000-7000-8000-000000000001'
const secret = randomBytes(32).toString('base64url')
const now = new Date('2026-03-01T12:00:00Z')

test('a token names its session, and what is no token names none', () => {
  const token = createRefreshToken(id)
  expect(sessionIdOf(token)).toBe(id)
  expect(createRefreshToken(id)).not.toBe(token)
  for (const other of ['', id, `${id}.`, `${id}.short`, `session.${token.split('.')[1]}`, token.slice(1), `${token}x`]) expect(sessionIdOf(other)).toBeNull()
})

test('the successor is a token of the same session, the same each time, and follows from the server\'s secret', () => {
  const token = createRefreshToken(id)
  const next = successorOf(token, id, secret)
  expect(sessionIdOf(next)).toBe(id)
  expect(next).not.toBe(token)
  expect(successorOf(token, id, secret)).toBe(next)
  expect(successorOf(token, id, randomBytes(32).toString('base64url'))).not.toBe(next)
  expect(successorOf(createRefreshToken(id), id, secret)).not.toBe(next)
})

test('a token is current, repeated within the grace period, or re-used', () => {
  const [oldest, previous, current] = [createRefreshToken(id), createRefreshToken(id), createRefreshToken(id)]
  const session = { refreshHash: hashSecret(current), previousHash: hashSecret(previous), rotatedAt: now }
  const at = (ms: number) => new Date(now.getTime() + ms)
  expect(GRACE_MS).toBe(30_000)
  expect(judgeRefresh(session, current, at(GRACE_MS * 100))).toBe('current')
  expect(judgeRefresh(session, previous, at(GRACE_MS))).toBe('repeated')
  expect(judgeRefresh(session, previous, at(GRACE_MS + 1))).toBe('reused')
  expect(judgeRefresh(session, oldest, at(0))).toBe('reused')
  expect(judgeRefresh({ ...session, previousHash: null }, previous, at(0))).toBe('reused')
})
