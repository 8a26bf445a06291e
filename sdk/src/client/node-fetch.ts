import http from 'node:http'
import https from 'node:https'
import { type Readable, pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import type { Fetch, FetchInit, FetchResponse } from './fetch.ts'

/**
 * Fetch over Node's own HTTP client. Unlike the global one its sockets do not keep the process alive, not even those of a
 * stream: a program that forgets `close()` still ends.
 */
export function nodeFetch(): Fetch {
  const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) }
  return (url, init) =>
    new Promise((resolve, reject) => {
      const target = new URL(url)
      const isTls = target.protocol === 'https:'
      if (!isTls && target.protocol !== 'http:') throw new TypeError(`${target.protocol} is not HTTP.`)
      const request = (isTls ? https : http).request(target, { agent: isTls ? agents['https:'] : agents['http:'], method: init.method, headers: headersOf(init), signal: init.signal })
      request.on('socket', (socket) => { socket.unref() })
      request.on('error', reject)
      request.on('response', (response) => { resolve(responseOf(response)) })
      request.end(init.body)
    })
}

function headersOf({ headers, body }: FetchInit): http.OutgoingHttpHeaders {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  // A compressed stream would hold events back.
  const encoding = headers.accept === 'text/event-stream' ? 'identity' : 'br, gzip'
  return { ...headers, ...length, 'accept-encoding': encoding }
}

function responseOf(response: http.IncomingMessage): FetchResponse {
  const body = decoded(response)
  return {
    status: response.statusCode ?? 0,
    headers: { get: (name) => [response.headers[name.toLowerCase()]].flat().join(', ') || null },
    text: async () => {
      const chunks: Buffer[] = []
      for await (const chunk of body) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks).toString('utf8')
    },
    body,
  }
}

function decoded(response: http.IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']
  const decoder = encoding === 'br' ? createBrotliDecompress() : encoding === 'gzip' ? createGunzip() : undefined
  // An error on the way destroys the decoder, so whoever reads it learns of it.
  return decoder ? pipeline(response, decoder, () => undefined) : response
}
