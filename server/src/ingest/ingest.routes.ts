import type express from 'express'
import { ingestEnvelope } from '../contract/sdk-wire.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { requireKeyOrBeacon } from '../http/authenticate-key.ts'
import { invalidRequest, issuesOf } from '../http/register.ts'
import { MAX_ITEM_LENGTH } from './accept-batch.ts'

/** `text/plain` needs no preflight, which a page that closes could not wait for. */
export const EVENT_TYPES = ['application/json', 'text/plain']

/** No item that short is deeper: so one that is nested too deeply is rejected by its index, and costs no batch. The parser does not recurse, nor does what looks into items first. */
export const DEEPEST_BATCH = MAX_ITEM_LENGTH

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
