import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Ruleset } from '@assay/sdk/core'
import type { Encoding, PublishedRuleset, ServedRuleset } from './ruleset-server.ts'

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

/** Every representation of a ruleset is made once, on first use, and shared from then on. */
export function serveRuleset(published: PublishedRuleset, source: ServedRuleset['source']): ServedRuleset {
  const { environmentId, epoch, version, body } = published
  const id = `${epoch}:${version}`
  const made = new Map<Encoding, Promise<Buffer>>()
  let frame: Buffer | undefined
  let parsed: Ruleset | undefined
  return {
    environmentId,
    epoch,
    version,
    id,
    source,
    etag: (encoding) => (encoding === 'identity' ? `"${id}"` : `"${id}:${encoding}"`),
    bytes(encoding) {
      const known = made.get(encoding)
      if (known) return known
      const bytes = encode(Buffer.from(body), encoding)
      made.set(encoding, bytes)
      return bytes
    },
    frame() {
      // JSON.stringify writes no line break, so the body is one `data` line.
      frame ??= Buffer.from(`id: ${id}\nevent: ruleset\ndata: ${body}\n\n`)
      return frame
    },
    ruleset() {
      parsed ??= JSON.parse(body) as Ruleset
      return parsed
    },
  }
}

async function encode(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'identity') return body
  // Quality 5 is near gzip's speed and well below its size; 11 would take seconds for a large ruleset.
  if (encoding === 'br') return compressBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } })
  return compressGzip(body, { level: 6 })
}

/** Whether `If-None-Match` names this ruleset in any representation: the ETag it named, or null. */
export function matchingEtag(header: string | undefined, ruleset: ServedRuleset): string | null {
  if (header === undefined) return null
  if (header.trim() === '*') return ruleset.etag('identity')
  const own = new Set((['identity', 'br', 'gzip'] as const).map((encoding) => ruleset.etag(encoding)))
  const named = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return named.find((tag) => own.has(tag)) ?? null
}
