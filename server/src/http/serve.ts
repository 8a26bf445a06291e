import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type express from 'express'
import type { Deps } from '../deps.ts'

export interface RunningServer {
  /** The port that was bound, also where 0 was asked for. */
  port: number
  url: string
  /** Tells streams to go elsewhere, takes no new request and waits for those in flight, `config.drainSeconds` at most. */
  stop(): Promise<void>
}

/** Listens. Timeouts suit a proxy in front that keeps connections for 60 s; they end slow senders, not streams. */
export async function serve(app: express.Express, { config, rulesets, ofrep, live, log }: Pick<Deps, 'config' | 'rulesets' | 'ofrep' | 'live' | 'log'>): Promise<RunningServer> {
  const server = createServer({ keepAliveTimeout: 65_000, headersTimeout: 15_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 }, app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: config.port, backlog: 4096, ...(config.host === null ? {} : { host: config.host }) }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port } = server.address() as AddressInfo
  const host = config.host === null || config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host.includes(':') ? `[${config.host}]` : config.host
  return {
    port,
    url: config.publicUrl ?? `http://${host}:${port}`,
    async stop() {
      const closed = new Promise<void>((resolve) => { server.close(() => { resolve() }) })
      await rulesets.stop()
      ofrep.stop()
      live.stop()
      // A kept-alive connection without a request would hold close() open for a minute.
      server.closeIdleConnections()
      const sweep = setInterval(() => { server.closeIdleConnections() }, 100)
      const deadline = setTimeout(() => {
        log.warn({ seconds: config.drainSeconds }, 'Requests are still in flight: their connections are cut')
        server.closeAllConnections()
      }, config.drainSeconds * 1000)
      await closed
      clearInterval(sweep)
      clearTimeout(deadline)
    },
  }
}
