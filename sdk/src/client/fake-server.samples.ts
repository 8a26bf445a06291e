import type { Ruleset } from '../core/index.ts'
import { aRuleset } from '../core/ruleset.samples.ts'
import type { Fetch, FetchInit, FetchResponse } from './fetch.ts'

export interface Item {
  kind: string
  id: string
  at: string
  [field: string]: unknown
}

interface Asked {
  path: string
  headers: Record<string, string>
  body: string | undefined
  /** Milliseconds since 1970, by the clock of the test. */
  at: number
}

interface Reply {
  status: number
  body?: string
  headers?: Record<string, string>
}

/** What a path answers; `hang` never does, `refuse` breaks the connection. */
type Behaviour = (asked: Asked) => Reply | 'hang' | 'refuse' | undefined

/** An Assay that a client can talk to through `fetch`, without a network. It stores items as the server does: once per id. */
export function createFakeServer(ruleset: Ruleset = aRuleset()) {
  const asked: Asked[] = []
  const streams = new Set<ReturnType<typeof openStream>>()
  const stored = new Map<string, Item>()
  const behaviours = new Map<string, Behaviour>()
  let current = ruleset
  let inFlight = 0
  let mostInFlight = 0

  const usual: Record<string, (request: Asked, signal: AbortSignal) => FetchResponse> = {
    '/sdk/v1/ruleset': ({ headers }) => (headers['if-none-match'] === etag() ? answer({ status: 304 }) : answer({ status: 200, body: JSON.stringify(current), headers: { etag: etag() } })),
    '/sdk/v1/stream': ({ headers }, signal) => {
      const stream = openStream(signal, () => { streams.delete(stream) })
      streams.add(stream)
      stream.send(': open\n\n')
      if (headers['last-event-id'] !== `${current.epoch}:${current.version}`) stream.send(frame(current))
      return { ...answer({ status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' } }), body: stream.body }
    },
    '/sdk/v1/events': ({ body }) => {
      return answer({ status: 202, body: JSON.stringify({ accepted: store(body ?? ''), rejected: [] }) })
    },
    '/sdk/v1/seen': () => answer({ status: 204 }),
  }

  function store(body: string): number {
    const { items } = JSON.parse(body) as { items: Item[] }
    for (const item of items) if (!stored.has(item.id)) stored.set(item.id, item)
    return items.length
  }

  const etag = () => `"${current.epoch}:${current.version}"`

  async function respond(url: string, { headers, body, signal }: FetchInit): Promise<FetchResponse> {
    const request = { path: new URL(url).pathname, headers, body, at: Date.now() }
    asked.push(request)
    const reply = behaviours.get(request.path)?.(request)
    if (reply === 'refuse') throw new TypeError('connection refused')
    if (reply === 'hang') return new Promise((_, reject) => { signal.addEventListener('abort', () => { reject(new Error('aborted')) }) })
    if (reply) return answer(reply)
    const respondAsUsual = usual[request.path]
    if (!respondAsUsual) throw new Error(`${request.path} is not a path of Assay.`)
    return respondAsUsual(request, signal)
  }

  const fetch: Fetch = async (url, init) => {
    inFlight++
    mostInFlight = Math.max(mostInFlight, inFlight)
    try {
      return await respond(url, init)
    } finally {
      inFlight--
    }
  }

  return {
    fetch,
    asked: (path: string) => asked.filter((request) => request.path === `/sdk/v1/${path}`),
    stored: (kind?: string) => [...stored.values()].filter((item) => kind === undefined || item.kind === kind),
    /** Stores a batch as if its answer got lost. */
    store,
    streams: () => [...streams],
    mostInFlight: () => mostInFlight,
    /** Replaces the usual behaviour of a path; without one it is restored. */
    behave(path: string, behaviour?: Behaviour | Reply | 'hang' | 'refuse'): void {
      if (behaviour === undefined) behaviours.delete(`/sdk/v1/${path}`)
      else behaviours.set(`/sdk/v1/${path}`, typeof behaviour === 'function' ? behaviour : () => behaviour)
    },
    /** Serves a ruleset from now on, and sends it to every stream. */
    publish(next: Ruleset): void {
      current = next
      for (const stream of streams) stream.send(frame(next))
    },
    current: () => current,
  }
}

function frame(ruleset: Ruleset): string {
  return `id: ${ruleset.epoch}:${ruleset.version}\nevent: ruleset\ndata: ${JSON.stringify(ruleset)}\n\n`
}

function answer({ status, body = '', headers = {} }: Reply): FetchResponse {
  return { status, headers: { get: (name) => headers[name.toLowerCase()] ?? null }, text: async () => body, body: null }
}

function openStream(signal: AbortSignal, onEnd: () => void) {
  const chunks: Uint8Array[] = []
  let isOver = false
  let failure: Error | undefined
  let wake: () => void = () => undefined

  function end(error?: Error): void {
    isOver = true
    failure = error
    onEnd()
    wake()
  }

  signal.addEventListener('abort', () => { end(new Error('aborted')) })

  function sendBytes(bytes: Uint8Array): void {
    chunks.push(bytes)
    wake()
  }

  async function* body(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = chunks.shift()
      if (chunk) yield chunk
      else if (failure) throw failure
      else if (isOver) return
      else await new Promise<void>((resolve) => { wake = resolve })
    }
  }

  return {
    body: body(),
    send(text: string): void {
      sendBytes(new TextEncoder().encode(text))
    },
    sendBytes,
    end: () => { end() },
    breakOff: () => { end(new Error('connection reset')) },
  }
}
