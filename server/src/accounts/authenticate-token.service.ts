import type express from 'express'
import type { Base } from '../base.ts'
import { AppError } from '../http/app-error.ts'
import { createAttempts } from '../http/rate-limit.ts'
import type { Caller } from '../http/register.ts'
import { isApiToken } from './api-token.ts'
import { createApiTokensStore } from './api-tokens.store.ts'
import { hashSecret } from './secret.ts'

/** `lastUsedAt` of a token is at most this old. */
const USED_MS = 60_000
/** Tokens that are none, of one address. */
const REFUSALS = { max: 100, windowMs: 15 * 60_000 }

/**
 * Who a token acts for, and what it is limited to. Every request asks the database: what is revoked here is refused
 * everywhere. An address that presents one bad token after the other has to wait; a good token never does.
 */
export function createTokenAuthentication({ db, now }: Pick<Base, 'db' | 'now'>): (value: string, req: express.Request) => Promise<Caller> {
  const store = createApiTokensStore(db)
  const refusals = createAttempts(REFUSALS, () => now().getTime())

  function refused(req: express.Request, why: string): AppError {
    const wait = refusals.take(req.ip ?? 'unknown')
    if (wait === null) return new AppError('invalid_token', why)
    req.res?.set('Retry-After', String(wait))
    return new AppError('rate_limited', `Too many requests came with a token that is not valid. Try again in ${Math.ceil(wait / 60)} minutes, with one that is.`)
  }

  return async (value, req) => {
    const token = isApiToken(value) ? await store.presented(hashSecret(value)) : null
    if (!token) throw refused(req, 'There is no such API token. Check that it was copied whole.')
    if (token.revokedAt !== null) throw refused(req, `The API token ${token.name} was revoked. Create another under Settings, API tokens.`)
    const at = now()
    if (token.expiresAt <= at) throw refused(req, `The API token ${token.name} has expired. Create another under Settings, API tokens.`)
    if (token.lastUsedAt === null || at.getTime() - token.lastUsedAt.getTime() >= USED_MS) await store.used(token.id, at)
    return { actor: { ...token.person, token: token.name }, limits: { projectId: token.projectId, role: token.role } }
  }
}
