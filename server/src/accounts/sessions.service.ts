import type { Base } from '../base.ts'
import { keptDays } from '../contract/kept-days.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { uuidv7 } from '../platform/uuidv7.ts'
import { ACCESS_SECONDS, keyIdOf, signAccessToken, verifyAccessToken, type AccessClaims } from './access-token.ts'
import { createRefreshToken, judgeRefresh, sessionIdOf, successorOf } from './refresh-token.ts'
import { hashSecret } from './secret.ts'
import { createSessionCookies } from './session-cookies.ts'
import { createSessionsStore, type StoredSession } from './sessions.store.ts'
import { createSigningKeys } from './signing-keys.service.ts'

const DAY_MS = 24 * 60 * 60_000
/** A session ends after so long without use, */
const IDLE_MS = keptDays.unusedSession * DAY_MS
/** and after so long in any case. */
const ABSOLUTE_MS = keptDays.session * DAY_MS
/** `lastSeenAt` of a session and its person is at most this old. */
const SEEN_MS = 5 * 60_000

/** What a request says about the browser that sends it. */
export interface Browser {
  cookie: string | undefined
  userAgent: string
}

export interface CurrentSession {
  id: string
  signedInAt: Date
}

export interface SignedIn {
  userId: string
  /** `Set-Cookie` lines. */
  setCookies: string[]
}

export interface Sessions {
  /** The person signed in; null without a valid access token of a live session. */
  authenticate(cookieHeader: string | undefined): Promise<Actor | null>
  /** Id of the session that a valid access token is of; null without one. */
  sessionOf(cookieHeader: string | undefined): Promise<string | null>
  /** Which session a valid access token is of, and when its password was given; null without one. */
  current(cookieHeader: string | undefined): Promise<CurrentSession | null>
  /** Starts a session and ends the one that this browser had before. */
  open(userId: string, browser: Browser): Promise<SignedIn>
  /** Exchanges the refresh token for a new pair; a re-used one ends the session. Throws `not_signed_in` or `session_expired`. */
  refresh(browser: Browser): Promise<SignedIn>
  /** Ends the session of this browser, if there is one; gives the `Set-Cookie` lines that make the browser forget it. */
  end(browser: Browser): Promise<string[]>
  /** Signs access tokens with a new key from now on. */
  rotateSigningKey(): Promise<void>
}

export function createSessions({ config, db, now, log }: Pick<Base, 'config' | 'db' | 'now' | 'log'>): Sessions {
  const store = createSessionsStore(db)
  const cookies = createSessionCookies(config.publicUrl?.startsWith('https:') ?? false)
  const keys = createSigningKeys({ db, now })

  async function claimsOf(cookieHeader: string | undefined): Promise<AccessClaims | null> {
    const token = cookies.readAccess(cookieHeader)
    const kid = token ? keyIdOf(token) : null
    const key = kid === null ? null : await keys.find(kid)
    return token && key ? verifyAccessToken(token, key, now()) : null
  }

  async function end(cookieHeader: string | undefined): Promise<void> {
    const token = cookies.readRefresh(cookieHeader)
    const named = token ? sessionIdOf(token) : null
    if (token && named) {
      // Knowing the name of a session is not enough to end it.
      await db.$transaction(async (tx) => {
        const sessions = createSessionsStore(tx)
        const session = await sessions.lock(named, now())
        if (session && judgeRefresh(session, token, now()) !== 'reused') await sessions.revoke(named, now())
      })
    }
    const claims = await claimsOf(cookieHeader)
    if (claims) await store.revoke(claims.sessionId, now())
  }

  /** A refresh token of null leaves the browser the one it has. */
  async function cookiesFor(session: Pick<StoredSession, 'id' | 'userId' | 'expiresAt'>, refreshToken: string | null): Promise<string[]> {
    const access = cookies.access(signAccessToken({ userId: session.userId, sessionId: session.id }, await keys.current(), now()), ACCESS_SECONDS)
    const secondsLeft = Math.floor((session.expiresAt.getTime() - now().getTime()) / 1000)
    return refreshToken === null ? [access] : [access, cookies.refresh(refreshToken, secondsLeft)]
  }

  return {
    async authenticate(cookieHeader) {
      const claims = await claimsOf(cookieHeader)
      if (!claims) return null
      // The session's row is what makes signing out real before the token expires.
      const user = await store.userOf(claims.sessionId, now())
      if (!user || user.id !== claims.userId) return null
      if (user.lastSeenAt === null || now().getTime() - user.lastSeenAt.getTime() >= SEEN_MS) await store.seen(user.id, claims.sessionId, now())
      return { id: user.id, name: user.name }
    },

    async sessionOf(cookieHeader) {
      return (await claimsOf(cookieHeader))?.sessionId ?? null
    },

    async current(cookieHeader) {
      const claims = await claimsOf(cookieHeader)
      const user = claims && (await store.userOf(claims.sessionId, now()))
      return user && user.id === claims.userId ? { id: claims.sessionId, signedInAt: user.signedInAt } : null
    },

    async open(userId, { cookie, userAgent }) {
      await end(cookie)
      const at = now()
      const id = uuidv7(at)
      const refreshToken = createRefreshToken(id)
      const session = { id, userId, refreshHash: hashSecret(refreshToken), rotatedAt: at, createdAt: at, expiresAt: new Date(at.getTime() + IDLE_MS) }
      await store.insert({ ...session, userAgent: userAgent.slice(0, 300) })
      await store.seen(userId, id, at)
      return { userId, setCookies: await cookiesFor(session, refreshToken) }
    },

    async refresh({ cookie }) {
      const token = cookies.readRefresh(cookie)
      if (!token) throw new AppError('not_signed_in', 'Sign in first.')
      const id = sessionIdOf(token)
      if (id === null) throw expired()
      const { secret } = await keys.current()
      const outcome = await db.$transaction(async (tx) => {
        const sessions = createSessionsStore(tx)
        const at = now()
        const session = await sessions.lock(id, at)
        if (!session) return null
        const verdict = judgeRefresh(session, token, at)
        const next = successorOf(token, id, secret)
        if (verdict === 'reused') {
          await sessions.revoke(id, at)
          return 'reused' as const
        }
        // The successor of a repeated token is the current one, unless the server's secret changed in between: then the
        // answer to the first request has already given the browser the current one.
        if (verdict === 'repeated') return { session, token: hashSecret(next) === session.refreshHash ? next : null }
        const expiresAt = new Date(Math.min(at.getTime() + IDLE_MS, session.createdAt.getTime() + ABSOLUTE_MS))
        await sessions.rotate(id, { refreshHash: hashSecret(next), previousHash: session.refreshHash, rotatedAt: at, expiresAt })
        return { session: { ...session, expiresAt }, token: next }
      })
      if (outcome === null) throw expired()
      if (outcome === 'reused') {
        log.warn({ sessionId: id }, 'A refresh token was used a second time: its session was ended')
        throw new AppError('session_expired', 'This session was used from a second place and was ended for your safety. Sign in again.')
      }
      return { userId: outcome.session.userId, setCookies: await cookiesFor(outcome.session, outcome.token) }
    },

    async end({ cookie }) {
      await end(cookie)
      return cookies.cleared()
    },
    rotateSigningKey: () => keys.rotate(),
  }
}

function expired(): AppError {
  return new AppError('session_expired', 'Your session has ended. Sign in again.')
}
