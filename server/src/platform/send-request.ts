import { lookup } from 'node:dns'
import { request as plain, type IncomingHttpHeaders } from 'node:http'
import { request as secure } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isPublicAddress } from './public-address.ts'

/** The address is not one that this server sends to. */
export class RefusedAddress extends Error {
  constructor(host: string) {
    super(`${host} is an address of this machine or a private network.`)
    this.name = 'RefusedAddress'
  }
}

export interface OutgoingRequest {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  body?: Uint8Array | Readable
  /** Whether loopback, private and link-local addresses may be reached. */
  toPrivate: boolean
  signal: AbortSignal
}

export interface IncomingAnswer {
  status: number
  headers: IncomingHttpHeaders
  /** The first part of the body. */
  text: string
}

/** What is read of an answer. */
const MOST_CHARACTERS = 64_000

/**
 * One request to where somebody else said. No redirect is followed. The addresses of a name are checked when the connection
 * is made, and it is made to one of them: a name that changes what it points at in between gains nothing.
 */
export async function sendRequest({ method, url, headers, body, toPrivate, signal }: OutgoingRequest): Promise<IncomingAnswer> {
  const target = new URL(url)
  const host = target.hostname.replace(/^\[|\]$/g, '')
  if (!toPrivate && isIP(host) !== 0 && !isPublicAddress(host)) throw new RefusedAddress(host)
  const send = target.protocol === 'https:' ? secure : plain
  const outgoing = send(target, { method, headers, agent: false, signal, ...(toPrivate ? {} : { lookup: publicOnly }) })
  const answer = new Promise<IncomingAnswer>((resolve, reject) => {
    outgoing.once('error', reject)
    outgoing.once('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => { if (text.length < MOST_CHARACTERS) text += part })
      response.once('error', reject)
      response.once('end', () => { resolve({ status: response.statusCode ?? 0, headers: response.headers, text: text.slice(0, MOST_CHARACTERS) }) })
    })
  })
  if (body === undefined || body instanceof Uint8Array) outgoing.end(body)
  // Who answers before the end, as with 413, is heard all the same.
  else await pipeline(body, outgoing).catch(async (error: unknown) => answer.then(() => undefined, () => { throw error }))
  return answer
}

const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) callback(error, [])
    else if (addresses.some(({ address }) => !isPublicAddress(address))) callback(new RefusedAddress(hostname), [])
    else if (options.all === true) callback(null, addresses)
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family)
  })
}
