import type { Context } from '@assay/sdk/core'
import type express from 'express'
import { errorStatus } from '../contract/errors.ts'
import type { Deps } from '../deps.ts'
import { allowAnyOrigin } from '../http/any-origin.ts'
import { AppError } from '../http/app-error.ts'
import { beginEventStream } from '../http/begin-event-stream.ts'
import { RETRY_AFTER, toAppError } from '../http/error-handler.ts'
import { jsonBody } from '../http/json-body.ts'
import { clientName } from '../projects/client-name.ts'
import type { SdkKeyScope } from '../projects/keys.service.ts'
import { failureText } from './flag-json.ts'
import { collapseSlashes, readPath, type OfrepPath } from './read-path.ts'

const ROUTES: Record<OfrepPath['kind'], { route: string; method: 'GET' | 'POST' }> = {
  bulk: { route: '/ofrep/v1/evaluate/flags', method: 'POST' },
  single: { route: '/ofrep/v1/evaluate/flags/:key', method: 'POST' },
  stream: { route: '/ofrep/v1/sse', method: 'GET' },
}

/**
 * OFREP 0.3, read as leniently and written as strictly as its clients need. The routes are matched by hand: a key may
 * arrive raw, with characters that Express would split or refuse.
 */
export function registerOfrepRoutes(app: express.IRouter, { ofrep, keys, rulesets, log }: Pick<Deps, 'ofrep' | 'keys' | 'rulesets' | 'log'>): void {
  app.use((req, _res, next) => {
    req.url = collapseSlashes(req.url)
    next()
  })
  // Whatever its type says, or where it says none: the body is read as JSON.
  app.use('/ofrep', allowAnyOrigin(), jsonBody('1mb', { anyText: true, types: () => true }))

  app.use('/ofrep', async (req, res) => {
    const path = readPath(req.path)
    if (!path) throw new AppError('not_found', `There is nothing at ${req.baseUrl}${req.path}. OFREP is POST /ofrep/v1/evaluate/flags and POST /ofrep/v1/evaluate/flags/{key}.`)
    const { route, method } = ROUTES[path.kind]
    res.locals['route'] = route
    if (req.method !== method) {
      res.set('Allow', method)
      throw new AppError('method_not_allowed', `${route} takes ${method}, not ${req.method}.`)
    }
    const query = new URLSearchParams(req.url.split('?')[1] ?? '')
    if (path.kind === 'stream') return openStream(req, res, query)

    const scope = await keyScope(req)
    const context = contextOf(req.body)
    res.set('Cache-Control', 'private, no-cache')
    if (path.kind === 'single') {
      const { status, text, version } = ofrep.single(scope, path.key, context, { exposure: req.get('x-assay-exposure')?.toLowerCase() !== 'none' })
      res.set('X-Assay-Version', version)
      sendJson(res, status, text)
      return
    }
    const answer = await ofrep.bulk(scope, {
      context,
      ifNoneMatch: req.get('if-none-match'),
      flagConfigEtag: query.get('flagConfigEtag') ?? undefined,
      flagConfigLastModified: query.get('flagConfigLastModified') ?? undefined,
      bare: refusesUnknownMembers(req.get('user-agent')),
    })
    res.set({ ETag: answer.etag, 'X-Assay-Version': answer.version })
    // Express answers 304 by itself to GET and HEAD only.
    if (answer.status === 304) res.status(304).end()
    else sendJson(res, 200, answer.text)
  })

  async function openStream(req: express.Request, res: express.Response, query: URLSearchParams): Promise<void> {
    const token = query.get('token')
    const scope = token === null ? await keyScope(req) : await ofrep.ticketHolder(token)
    if (!scope) throw new AppError('invalid_key', 'This token is invalid or has expired: evaluate again, the answer has a new one in eventStreams.')
    if (rulesets.draining()) {
      res.set('Retry-After', String(1 + Math.floor(Math.random() * 5)))
      throw new AppError('shutting_down', 'This instance is stopping: connect again, to another one.')
    }
    beginEventStream(res, { 'Cache-Control': 'no-store, no-transform', 'X-Assay-Version': ofrep.version(scope) })
    ofrep.stream(scope, req.get('last-event-id'), res)
    res.once('close', keys.onRevoked(scope.id, () => { res.destroy() }))
  }

  async function keyScope(req: express.Request): Promise<SdkKeyScope> {
    const presented = /^Bearer +(\S+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? req.get('x-api-key')
    if (presented === undefined) throw new AppError('invalid_key', 'Send an SDK key as Authorization: Bearer <key> or as X-API-Key: <key>.')
    const scope = await keys.authenticate(presented, clientName(req.get('user-agent')))
    if (!scope) throw new AppError('invalid_key', 'This SDK key does not exist or was revoked, or it was rotated and has stopped.')
    return scope
  }

  // Clients read the key, the code and the details of every error; Express's own pages would be none of that.
  const onError: express.ErrorRequestHandler = (error: unknown, req, res, _next) => {
    const expected = toAppError(error)
    const requestId = String(res.locals['requestId'])
    if (!expected) log.error({ err: error, requestId, method: req.method, path: req.path }, 'A request failed')
    if (res.headersSent) {
      req.socket.destroy()
      return
    }
    const { code, message } = expected ?? new AppError('internal', `Something went wrong on the server. It is in its log under ${requestId}.`)
    const wait = RETRY_AFTER[code]
    if (wait !== undefined && !res.hasHeader('Retry-After')) res.set('Retry-After', String(wait))
    const path = readPath(req.path)
    const key = path?.kind === 'single' ? { key: path.key } : {}
    const status = errorStatus[code]
    sendJson(res, status, failureText({ ...key, errorCode: status === 400 ? 'INVALID_CONTEXT' : 'GENERAL', errorDetails: message }))
  }
  app.use('/ofrep', onError)
}

/** Clients without a context send none, null, or nothing at all. */
function contextOf(body: unknown): Context {
  const context: unknown = body === undefined || body === null ? null : isObject(body) ? (body['context'] ?? null) : body
  if (context === null) return {}
  if (!isObject(context)) throw new AppError('invalid_request', 'Send a JSON object such as {"context":{"targetingKey":"user-1"}}.')
  return context
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The OFREP provider for Kotlin reads JSON with Ktor's defaults, which fail on a member they do not know. */
function refusesUnknownMembers(userAgent: string | undefined): boolean {
  return /^ktor\b/i.test(userAgent ?? '')
}

function sendJson(res: express.Response, status: number, text: string): void {
  res.status(status).set('Content-Type', 'application/json; charset=utf-8').end(text)
}
