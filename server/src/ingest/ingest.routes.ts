import type express from 'express'
import { ingestEnvelope } from '../contract/sdk-wire.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { requireKeyOrBeacon } from '../http/authenticate-key.ts'
import { invalidRequest, issuesOf } from '../http/register.ts'

/** `text/plain` needs no preflight, which a page that closes could not wait for. */
export const EVENT_TYPES = ['application/json', 'text/plain']

/** Where clients send what happened. 202 means stored: every item is in the answer, as accepted or as rejected with its index and reason. */
export function registerIngestSdkRoutes(app: express.IRouter, { ingest }: Pick<Deps, 'ingest'>): void {
  app.post('/sdk/v1/events', requireKeyOrBeacon(['server', 'client']), async (req, res) => {
    if (!req.is(EVENT_TYPES)) throw new AppError('unsupported_media_type', 'Send a JSON body with Content-Type: application/json.')
    const parsed = ingestEnvelope.safeParse(req.body)
    if (!parsed.success) throw invalidRequest(issuesOf(parsed.error.issues))
    const { items, ...envelope } = parsed.data
    const { projectId, environmentId, kind } = req.sdkKey
    res.status(202).json(await ingest.submit({ projectId, environmentId, keyKind: kind }, envelope, items))
  })
}
