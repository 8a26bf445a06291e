import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface BucketServer {
  url: string
  accessKeyId: string
  secretAccessKey: string
  /** Whole objects by `bucket/key`. */
  objects: Map<string, Buffer>
  /** Uploads that were begun and neither ended nor given up. */
  openUploads(): number
  requests: string[]
  /** Answers this many of the next requests for parts with 500. */
  failParts: number
  close(): Promise<void>
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()

/** As much of S3 as writing objects takes; every request's signature is computed again from what arrived. */
export async function startBucketServer(): Promise<BucketServer> {
  const uploads = new Map<string, Map<number, Buffer>>()
  const server = createServer((req, res) => {
    void read(req).then((body) => {
      const url = new URL(req.url ?? '', `http://${req.headers.host ?? ''}`)
      bucket.requests.push(`${req.method ?? ''} ${req.url ?? ''}`)
      const answer = (status: number, text = '', headers: Record<string, string> = {}) => res.writeHead(status, headers).end(text)
      if (!isSigned(req, url, body, bucket)) return answer(403, '<Error><Code>SignatureDoesNotMatch</Code></Error>')
      const key = decodeURIComponent(url.pathname.slice(1))
      const id = url.searchParams.get('uploadId')
      const upload = uploads.get(id ?? '')
      if (req.method === 'PUT' && id === null) {
        bucket.objects.set(key, body)
        return answer(200, '', { etag: `"${sha256(body)}"` })
      }
      if (req.method === 'POST' && url.searchParams.has('uploads')) {
        uploads.set(`u/${uploads.size}+`, new Map())
        return answer(200, `<InitiateMultipartUploadResult><UploadId>u/${uploads.size - 1}+</UploadId></InitiateMultipartUploadResult>`)
      }
      if (!upload || id === null) return answer(404, '<Error><Code>NoSuchUpload</Code></Error>')
      if (req.method === 'PUT') {
        if (bucket.failParts > 0) {
          bucket.failParts -= 1
          return answer(500, '<Error><Code>InternalError</Code></Error>')
        }
        upload.set(Number(url.searchParams.get('partNumber')), body)
        return answer(200, '', { etag: `"${sha256(body)}"` })
      }
      if (req.method === 'DELETE') {
        uploads.delete(id)
        return answer(204)
      }
      const listed = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)]
      const parts = listed.map(([, number, tag]) => ({ part: upload.get(Number(number)), tag }))
      // Refused with 200, as S3 does.
      if (parts.some(({ part, tag }) => !part || `"${sha256(part)}"` !== tag)) return answer(200, '<Error><Code>InvalidPart</Code></Error>')
      bucket.objects.set(key, Buffer.concat(parts.flatMap(({ part }) => part ?? [])))
      uploads.delete(id)
      return answer(200, '<CompleteMultipartUploadResult/>')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bucket: BucketServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accessKeyId: 'test-key',
    secretAccessKey: 'test-secret',
    objects: new Map(),
    openUploads: () => uploads.size,
    requests: [],
    failParts: 0,
    close: () => new Promise((resolve) => { server.close(() => { resolve() }) }),
  }
  return bucket
}

/** Signature Version 4, from the specification. */
function isSigned(req: IncomingMessage, url: URL, body: Buffer, { accessKeyId, secretAccessKey }: BucketServer): boolean {
  const [, key, date = '', region = '', names = '', signature] = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(req.headers.authorization ?? '') ?? []
  if (key !== accessKeyId || req.headers['x-amz-content-sha256'] !== sha256(body)) return false
  const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort().join('&')
  const headers = names.split(';').map((name) => `${name}:${String(req.headers[name] ?? '').trim()}\n`).join('')
  const canonical = [req.method, url.pathname, query, headers, names, req.headers['x-amz-content-sha256']].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', req.headers['x-amz-date'], `${date}/${region}/s3/aws4_request`, sha256(canonical)].join('\n')
  const signing = hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, date), region), 's3'), 'aws4_request')
  return names.split(';').includes('host') && hmac(signing, toSign).toString('hex') === signature
}

async function read(req: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of req) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
