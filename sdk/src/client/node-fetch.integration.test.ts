import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import type { Fetch } from './fetch.ts'
import { nodeFetch } from './node-fetch.ts'

let server: Server | undefined
afterEach(async () => {
  server?.closeAllConnections()
  if (server) await new Promise((resolve) => server?.close(resolve))
})

async function listen(respond: RequestListener): Promise<string> {
  server = createServer(respond).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const clients: [string, Fetch][] = [['Node’s HTTP client', nodeFetch()], ['the global fetch', globalThis.fetch]]
const get = (fetch: Fetch, url: string, headers: Record<string, string> = {}, signal = new AbortController().signal) => fetch(url, { method: 'GET', headers, signal })

test.each(clients)('%s sends and reads whole requests', async (_, fetch) => {
  const url = await listen((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => { res.setHeader('etag', '"1"').writeHead(202).end(`${req.method} ${req.headers['content-type']} ${Buffer.concat(chunks).toString()}`) })
  })
  const response = await fetch(`${url}/events`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '"Grüße 👋"', signal: new AbortController().signal })
  expect([response.status, response.headers.get('ETag'), response.headers.get('absent'), await response.text()]).toEqual([202, '"1"', null, 'POST application/json "Grüße 👋"'])
})

test.each(clients)('%s reads compressed answers', async (_, fetch) => {
  const text = 'a ruleset '.repeat(1000)
  const url = await listen((req, res) => {
    const encoding = req.url === '/br' ? 'br' : 'gzip'
    res.setHeader('content-encoding', encoding).end(encoding === 'br' ? brotliCompressSync(text) : gzipSync(text))
  })
  expect([await (await get(fetch, `${url}/br`)).text(), await (await get(fetch, `${url}/gzip`)).text()]).toEqual([text, text])
})

test.each(clients)('%s reads a stream piece by piece, and learns of its end and of a break', async (_, fetch) => {
  const url = await listen((req, res) => {
    res.write('one')
    setImmediate(() => { if (req.url === '/break') req.socket.destroy(); else res.end('two') })
  })
  const read = async (path: string) => {
    let text = ''
    for await (const chunk of (await get(fetch, url + path, { accept: 'text/event-stream' })).body ?? []) text += new TextDecoder().decode(chunk)
    return text
  }
  expect(await read('/end')).toBe('onetwo')
  await expect(read('/break')).rejects.toThrow()
})

test.each(clients)('%s gives up when told to, before the answer and within it', async (_, fetch) => {
  const url = await listen((req, res) => { if (req.url === '/half') res.write('one') })
  const before = new AbortController()
  const waiting = get(fetch, `${url}/never`, {}, before.signal)
  before.abort()
  await expect(waiting).rejects.toThrow()
  const within = new AbortController()
  const response = await get(fetch, `${url}/half`, {}, within.signal)
  within.abort()
  await expect(response.text()).rejects.toThrow()
})

test('what is no HTTP address, or answers nobody, is rejected', async () => {
  for (const url of ['ftp://x', 'nonsense', 'http://127.0.0.1:9/']) await expect(get(nodeFetch(), url)).rejects.toThrow()
})
