import { createHash } from 'node:crypto'
import { AwsV4Signer } from 'aws4fetch'
import type { Config } from '../config.ts'
import { type IncomingAnswer, sendRequest } from '../platform/send-request.ts'
import { type Delivered, DeliveryFailure, type OutgoingFile, partsOf } from './delivery.ts'
import { type Bucket, objectAddress } from './object-address.ts'
import { sendFailure } from './send-failure.ts'

/** Bytes of a part: what is held in memory. Buckets take 10,000 parts, so a file may have 80 GiB. */
const PART_BYTES = 8 * 1024 * 1024
const PART_TIMEOUT_MS = 5 * 60_000

/** Writes an object part by part. It is there under its name once the last part is: what fails before leaves nothing. */
export async function deliverToBucket(config: Pick<Config, 'bucketCredentials' | 'exportsToPrivate'>, bucket: Bucket, { name, mediaType, pieces }: OutgoingFile, signal: AbortSignal): Promise<Delivered> {
  const credentials = config.bucketCredentials
  if (!credentials) throw new DeliveryFailure('The server has no credentials for buckets: set ASSAY_BUCKET_KEY_ID and ASSAY_BUCKET_SECRET.', { again: false })
  const key = bucket.prefix === '' ? name : `${bucket.prefix}/${name}`
  const address = objectAddress(bucket, key)

  const ask = async (method: string, query: string, body: Buffer, headers: Record<string, string> = {}): Promise<IncomingAnswer> => {
    const signer = new AwsV4Signer({
      ...credentials, service: 's3', region: bucket.region, method, url: `${address}${query}`,
      headers: { ...headers, 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') },
    })
    const signed = await signer.sign()
    const answer = await sendRequest({
      method, url: signed.url.href, headers: { ...Object.fromEntries(signed.headers), 'content-length': String(body.length) }, body, toPrivate: config.exportsToPrivate, signal: AbortSignal.any([signal, AbortSignal.timeout(PART_TIMEOUT_MS)]),
    }).catch((error: unknown) => { throw sendFailure('The bucket', error) })
    // A part list may be refused with 200.
    if (answer.status >= 300 || /<Error>/.test(answer.text)) throw refusal(bucket, answer)
    return answer
  }

  const parts = partsOf(pieces, PART_BYTES)
  const first = await parts.next()
  const second = await parts.next()
  const content = { 'content-type': mediaType }
  const location = `s3://${bucket.bucket}/${key}`
  if (second.done === true) {
    const body = first.done === true ? Buffer.alloc(0) : first.value
    await ask('PUT', '', body, content)
    return { bytes: body.length, location }
  }
  const upload = encodeURIComponent(/<UploadId>([^<]+)<\/UploadId>/.exec((await ask('POST', '?uploads=', Buffer.alloc(0), content)).text)?.[1] ?? '')
  try {
    const tags: string[] = []
    let bytes = 0
    for (let part: IteratorResult<Buffer> = first, next: IteratorResult<Buffer> | null = second; part.done !== true; part = next ?? await parts.next(), next = null) {
      const { headers } = await ask('PUT', `?partNumber=${tags.length + 1}&uploadId=${upload}`, part.value)
      tags.push(headers.etag ?? '')
      bytes += part.value.length
    }
    const list = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</ETag></Part>`).join('')
    await ask('POST', `?uploadId=${upload}`, Buffer.from(`<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`))
    return { bytes, location }
  } catch (error) {
    // Parts of an upload that is not ended are kept, and paid for.
    await ask('DELETE', `?uploadId=${upload}`, Buffer.alloc(0)).catch(() => undefined)
    throw error
  } finally {
    await parts.return(undefined)
  }
}

function refusal({ bucket }: Bucket, { status, text }: IncomingAnswer): DeliveryFailure {
  const code = /<Code>([^<]+)<\/Code>/.exec(text)?.[1]
  return new DeliveryFailure(`The bucket ${bucket} answered ${status}${code === undefined ? '' : ` (${code})`}.`, { again: true })
}
