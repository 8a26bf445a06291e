import { randomUUID } from 'node:crypto'
import type express from 'express'
import type { Logger } from 'pino'
import type { Measures } from '../platform/measures.ts'

/** Gives every request an id, logs it when it ends, and counts it by route and status. */
export function requestLog(log: Logger, measures: Measures): express.RequestHandler {
  const requests = measures.counter('assay_http_requests_total', 'Requests answered, by method, route and status.')
  return (req, res, next) => {
    const started = process.hrtime.bigint()
    const requestId = randomUUID()
    res.locals['requestId'] = requestId
    res.set('X-Request-Id', requestId)
    res.once('close', () => {
      // Routes, not paths: a path is chosen by the caller and would grow the metrics without bound.
      const route = String(res.locals['route'] ?? req.route?.path ?? 'none')
      requests.add({ method: KNOWN.has(req.method) ? req.method : 'other', route, status: res.statusCode })
      const milliseconds = Number(process.hrtime.bigint() - started) / 1e6
      const level = res.statusCode >= 500 ? 'warn' : 'debug'
      log[level]({ requestId, method: req.method, path: req.path, status: res.statusCode, milliseconds, complete: res.writableFinished }, 'Request')
    })
    next()
  }
}

const KNOWN = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
