import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../config.ts'
import { sendRequest } from '../platform/send-request.ts'
import { type Delivered, DeliveryFailure, type OutgoingFile } from './delivery.ts'
import { sendFailure } from './send-failure.ts'
import { webhookSignature } from './webhook-signature.ts'

const TIMEOUT_MS = 10 * 60_000

interface Webhook {
  url: string
  secret: string
  /** The same for every try, so that a receiver tells a file that it has from one that it has not. */
  id: string
  /** What the file is of, for receivers that take several. */
  table: string
}

/** Posts a file with a signature by Standard Webhooks. It is made whole first: a signature comes before what it signs. */
export async function deliverToWebhook(config: Pick<Config, 'exportsToPrivate'>, { url, secret, id, table }: Webhook, { name, mediaType, pieces }: OutgoingFile, now: () => Date, signal: AbortSignal): Promise<Delivered> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-export-'))
  try {
    const path = join(folder, 'file')
    const out = createWriteStream(path)
    await pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }), out, { signal })
    // Receivers refuse a time that is long ago: it is that of sending.
    const timestamp = Math.floor(now().getTime() / 1000)
    const signature = await webhookSignature(secret, id, timestamp, createReadStream(path))
    const answer = await sendRequest({
      method: 'POST', url, body: createReadStream(path), toPrivate: config.exportsToPrivate, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: {
        'content-type': mediaType, 'content-length': String(out.bytesWritten), 'content-disposition': `attachment; filename=${name}`, 'user-agent': 'Assay',
        'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature, 'assay-table': table,
      },
    }).catch((error: unknown) => { throw sendFailure('The service', error) })
    if (answer.status >= 300 && answer.status < 400) throw new DeliveryFailure(`The service answered ${answer.status}, a redirect. Redirects are not followed: give the address that it leads to.`, { again: false })
    if (answer.status === 410) throw new DeliveryFailure('The service answered 410: it takes no exports any more.', { again: false })
    if (answer.status >= 400 || answer.status < 200) throw new DeliveryFailure(`The service answered ${answer.status}.`)
    return { bytes: out.bytesWritten, location: `${new URL(url).host}, ${name}` }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
