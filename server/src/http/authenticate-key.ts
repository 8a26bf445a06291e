import type express from 'express'
import { clientName } from '../projects/client-name.ts'
import type { SdkKeyIndex, SdkKeyScope } from '../projects/keys.service.ts'
import { AppError } from './app-error.ts'

declare global {
  namespace Express {
    interface Request {
      /** The key that authenticated this request, on routes behind `requireKey`. */
      sdkKey: SdkKeyScope
    }
  }
}

/** Where `requireKey` finds the keys of an application. */
export function provideKeys(app: express.Application, keys: SdkKeyIndex): void {
  app.locals['keys'] = keys
}

function keysOf(app: express.Application): SdkKeyIndex {
  return app.locals['keys'] as SdkKeyIndex
}

/** Admits requests with an SDK key of one of the kinds, sent as `Authorization: Bearer <key>`. */
export function requireKey(kinds: readonly SdkKeyScope['kind'][]): express.RequestHandler {
  return async (req, _res, next) => {
    const presented = /^Bearer +(\S+)$/i.exec(req.get('authorization') ?? '')?.[1]
    if (presented === undefined) throw new AppError('invalid_key', 'Send an SDK key as Authorization: Bearer <key>.')
    await admit(req, presented, kinds)
    next()
  }
}

/** As `requireKey`; without an Authorization header a client key may stand in the body as `key`, which is all that `navigator.sendBeacon` can send. */
export function requireKeyOrBeacon(kinds: readonly SdkKeyScope['kind'][]): express.RequestHandler {
  const byHeader = requireKey(kinds)
  return async (req, res, next) => {
    const key: unknown = (req.body as { key?: unknown } | undefined)?.key
    if (req.get('authorization') !== undefined || typeof key !== 'string') return byHeader(req, res, next)
    await admit(req, key, ['client'])
    next()
  }
}

async function admit(req: express.Request, presented: string, kinds: readonly SdkKeyScope['kind'][]): Promise<void> {
  const scope = await keysOf(req.app).authenticate(presented, clientName(req.get('user-agent')))
  if (!scope) throw new AppError('invalid_key', 'This SDK key does not exist or was revoked, or it was rotated and has stopped.')
  if (!kinds.includes(scope.kind)) throw new AppError('wrong_key_kind', `This needs a ${kinds.join(' or ')} key; a ${scope.kind} key was sent.`)
  req.sdkKey = scope
}

/** Notes what the SDK that sent the request calls itself. */
export function noteSdk(req: express.Request, sdk: string): void {
  keysOf(req.app).usedBy(req.sdkKey.id, sdk)
}

/** Cuts a response that stays open, such as a stream, when the key that authenticated its request is revoked or expires. */
export function endWithKey(req: express.Request, res: express.Response): void {
  const stop = keysOf(req.app).onRevoked(req.sdkKey.id, () => { res.destroy() })
  res.once('close', stop)
}
