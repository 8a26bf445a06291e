import type express from 'express'
import { tokenIn } from '../accounts/api-token.ts'
import { createApiTokensStore } from '../accounts/api-tokens.store.ts'
import { hashSecret } from '../accounts/secret.ts'
import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { beginEventStream } from '../http/begin-event-stream.ts'
import type { Registrar } from '../http/register.ts'
import type { LiveReader } from './live.store.ts'

export function registerLiveRoutes(on: Registrar, { db, live, sessions }: Pick<Deps, 'db' | 'live' | 'sessions'>): void {
  const tokens = createApiTokensStore(db)

  /** What the request was admitted by, and so what the stream ends with. */
  async function loginOf(req: express.Request): Promise<LiveReader['login']> {
    const token = tokenIn(req.get('authorization'))
    const id = token === null ? await sessions.sessionOf(req.get('cookie')) : (await tokens.presented(hashSecret(token)))?.id
    if (typeof id !== 'string') throw new AppError('not_signed_in', 'Sign in first.')
    return { kind: token === null ? 'session' : 'token', id }
  }

  on(routes.streamChanges, async ({ project, actor, query, req, res }) => {
    const login = await loginOf(req)
    const last = /^\d{1,15}$/.exec(req.get('last-event-id') ?? '')?.[0]
    // A connection that went while the past was read closes no more: nobody would notice that it is gone.
    const open = () => (res.destroyed ? null : beginEventStream(res, { 'Cache-Control': 'no-store, no-transform' }))
    await live.follow({ userId: actor.id, login, projectId: project.id }, last === undefined ? (query.after ?? null) : Number(last), open)
  })
}
