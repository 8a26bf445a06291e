import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import express from 'express'
import sirv from 'sirv'
import { createNonce, pagePolicy } from './security-headers.ts'

/** What `npm run build` made of web/. */
export const builtUi = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** Serves the admin UI: hashed assets for ever, and its one page, with a fresh nonce, for every path that is not a file. */
export function adminUi(folder: string): express.Router {
  const router = express.Router()
  const file = join(folder, 'index.html')
  if (!existsSync(file)) {
    router.get('/{*path}', (_req, res) => { res.status(404).type('text/plain').send('The admin UI is not built. Run npm run build, then start Assay again.\n') })
    return router
  }
  const page = readFileSync(file, 'utf8')
  const sendPage: express.RequestHandler = (_req, res) => {
    const nonce = createNonce()
    res.set({ 'Content-Security-Policy': pagePolicy(nonce), 'Cache-Control': 'no-store' }).type('html').send(page.replaceAll('__NONCE__', nonce))
  }
  router.get(['/', '/index.html'], sendPage)
  router.use('/assets', sirv(join(folder, 'assets'), { immutable: true, maxAge: 31_536_000, etag: true, brotli: true, gzip: true, extensions: [] }))
  // A missing asset is a 404, not the page: a stale tab must not parse HTML as a script.
  router.use('/assets', (_req, res) => { res.status(404).type('text/plain').send('There is no such file.\n') })
  router.use(sirv(folder, { etag: true, maxAge: 3600, extensions: [] }))
  router.get('/{*path}', sendPage)
  return router
}
