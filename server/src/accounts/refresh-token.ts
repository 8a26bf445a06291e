import { createHmac } from 'node:crypto'
import { createSecret, hashSecret, sameHash } from './secret.ts'

/** Two tabs that refresh at the same moment, or one whose answer was lost, may present the same token twice. */
export const GRACE_MS = 30_000

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A refresh token names its session, so that a token from any time in the session's past is recognised as re-used. */
export function createRefreshToken(sessionId: string): string {
  return `${sessionId}.${createSecret()}`
}

/** The session a token names; null for what is no token. */
export function sessionIdOf(token: string): string | null {
  const [id = '', secret = ''] = token.split('.', 2)
  return UUID.test(id) && secret.length === 43 ? id : null
}

/**
 * The token that replaces this one: unpredictable without the server's secret, and the same each time, so that whoever
 * presents a token twice within the grace period gets the same successor and no browser is left with a dead one.
 */
export function successorOf(token: string, sessionId: string, serverSecret: string): string {
  return `${sessionId}.${createHmac('sha256', Buffer.from(serverSecret, 'base64url')).update(`refresh ${token}`).digest('base64url')}`
}

interface SessionTokens {
  refreshHash: string
  previousHash: string | null
  rotatedAt: Date
}

/** What a presented token is to its session: the current one, the one before within the grace period, or a re-used one. */
export function judgeRefresh(session: SessionTokens, token: string, now: Date): 'current' | 'repeated' | 'reused' {
  const hash = hashSecret(token)
  if (sameHash(hash, session.refreshHash)) return 'current'
  const isPrevious = session.previousHash !== null && sameHash(hash, session.previousHash)
  return isPrevious && now.getTime() - session.rotatedAt.getTime() <= GRACE_MS ? 'repeated' : 'reused'
}
