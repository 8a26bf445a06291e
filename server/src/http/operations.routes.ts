import { createHash, timingSafeEqual } from 'node:crypto'
import type express from 'express'
import type { Deps } from '../deps.ts'
import { AppError } from './app-error.ts'

const LOCAL = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** What operators and load balancers ask: alive, ready, metrics. None of them touches a database. */
export function registerOperationsRoutes(app: express.IRouter, deps: Deps): void {
  describeProcess(deps)

  app.get('/healthz', (_req, res) => { res.json({ status: 'ok' }) })

  app.get('/readyz', (_req, res) => {
    const problem = deps.rulesets.draining() ? 'stopping' : deps.rulesets.ready() ? null : 'loading rulesets'
    res.status(problem === null ? 200 : 503).json({ status: problem ?? 'ready' })
  })

  app.get('/metrics', (req, res) => {
    if (!mayReadMetrics(req, deps.config.metricsToken)) throw new AppError('forbidden', 'Send ASSAY_METRICS_TOKEN as Authorization: Bearer <token>; where none is set, only the same machine may read this.')
    res.type('text/plain; version=0.0.4').send(deps.measures.text())
  })
}

function mayReadMetrics(req: express.Request, token: string | null): boolean {
  if (token === null) return LOCAL.has(req.socket.remoteAddress ?? '') && req.get('x-forwarded-for') === undefined
  return sameSecret(req.get('authorization') ?? '', `Bearer ${token}`)
}

function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}

function describeProcess({ measures }: Deps): void {
  measures.gauge('process_resident_memory_bytes', 'Resident memory of the process.', () => process.memoryUsage.rss())
  measures.gauge('process_cpu_seconds_total', 'CPU time of the process.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  measures.gauge('process_uptime_seconds', 'Seconds since the process started.', () => process.uptime())
}
