import { vi } from 'vitest'
import type { BrowserClientOptions } from './browser-api.ts'
import { createBrowserClient } from './client.ts'
import type { EvaluatedFlag } from './evaluated-flag.ts'

export interface Item {
  kind: string
  id: string
  at: string
  [field: string]: unknown
}

export interface Asked {
  path: string
  query: string
  headers: Headers
  body: string
  keepalive: boolean
}

type Reply = Response | 'hang' | 'refuse' | undefined
type Behaviour = (asked: Asked) => Reply

/** An Assay as a page sees it: values by context, notices by stream, events stored once per id. */
function createFakeAssay() {
  const asked: Asked[] = []
  const behaviours = new Map<string, Behaviour>()
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const stored = new Map<string, Item>()
  let version = 1
  let flagsOf: (context: Record<string, unknown>) => EvaluatedFlag[] = () => [aValue('release', true), aValue('text', 'A'), aValue('count', 3), aValue('ratio', 0.5), aValue('theme', { colour: 'teal' }), tested('u')]

  const usual: Record<string, (request: Asked) => Response> = {
    '/ofrep/v1/evaluate/flags': ({ headers, body }) => {
      const { context } = JSON.parse(body) as { context: Record<string, unknown> }
      const text = JSON.stringify({ flags: flagsOf(context), metadata: {}, eventStreams: [{ type: 'sse', endpoint: { requestUri: '/ofrep/v1/sse?token=t' } }] })
      const etag = `"${text.length}:${version}:${JSON.stringify(context)}"`
      const known = { etag, 'x-assay-version': `epoch:${version}` }
      return headers.get('if-none-match') === etag ? new Response(null, { status: 304, headers: known }) : new Response(text, { headers: { ...known, 'content-type': 'application/json' } })
    },
    '/ofrep/v1/sse': ({ headers }) => {
      let own: ReadableStreamDefaultController<Uint8Array> | undefined
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          own = controller
          streams.add(controller)
          send(controller, ': open\n\n')
          if (headers.get('last-event-id') !== `epoch:${version}`) send(controller, noticeOf(version))
        },
        cancel() { if (own) streams.delete(own) },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
    '/sdk/v1/events': ({ body }) => {
      const { items } = JSON.parse(body) as { items: Item[] }
      for (const item of items) if (!stored.has(item.id)) stored.set(item.id, item)
      return Response.json({ accepted: items.length, rejected: [] }, { status: 202 })
    },
  }

  async function fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address)
    const request = { path: url.pathname, query: url.search, headers: new Headers(init.headers), body: String(init.body ?? ''), keepalive: init.keepalive === true }
    asked.push(request)
    const reply = behaviours.get(request.path)?.(request)
    if (reply === 'refuse') throw new TypeError('Failed to fetch')
    if (reply === 'hang') return new Promise((_, reject) => { init.signal?.addEventListener('abort', () => { reject(new DOMException('aborted', 'AbortError')) }) })
    if (reply) return reply
    const response = usual[request.path]?.(request) ?? new Response(null, { status: 404 })
    // As in a browser: an aborted request ends the body that is being read.
    const controller = [...streams].at(-1)
    if (request.path === '/ofrep/v1/sse' && controller) {
      init.signal?.addEventListener('abort', () => {
        if (streams.delete(controller)) controller.error(new DOMException('aborted', 'AbortError'))
      })
    }
    return response
  }

  return {
    fetch,
    asked: (path: 'flags' | 'events' | 'sse') => asked.filter((request) => request.path.endsWith(`/${path}`)),
    stored: (kind?: string) => [...stored.values()].filter((item) => kind === undefined || item.kind === kind),
    streams: () => [...streams],
    /** Replaces the usual behaviour of a path; without one it is restored. */
    behave(path: 'flags' | 'events' | 'sse', behaviour?: Behaviour): void {
      const full = Object.keys(usual).find((each) => each.endsWith(`/${path}`)) ?? ''
      if (behaviour) behaviours.set(full, behaviour)
      else behaviours.delete(full)
    },
    serve(next: typeof flagsOf): void {
      flagsOf = next
    },
    /** Serves other values from now on and says so on every stream. */
    publish(next: typeof flagsOf): void {
      flagsOf = next
      version++
      for (const controller of streams) send(controller, noticeOf(version))
    },
    endStreams(): void {
      for (const controller of streams) controller.close()
      streams.clear()
    },
  }
}

function send(controller: ReadableStreamDefaultController<Uint8Array>, text: string): void {
  controller.enqueue(new TextEncoder().encode(text))
}

function noticeOf(version: number): string {
  return `id: epoch:${version}\nevent: message\ndata: {"type":"refetchEvaluation","etag":"epoch:${version}"}\n\n`
}

export function aValue(key: string, value: NonNullable<EvaluatedFlag['value']>, variant = 'a'): EvaluatedFlag {
  return { key, value, variant, reason: 'STATIC', metadata: { flagSetId: 'p/e', version: '1' } }
}

export function tested(variant: string): EvaluatedFlag {
  return { key: 'tested', value: variant === 'on', variant, reason: 'SPLIT', metadata: { flagSetId: 'p/e', version: '4', experiment: 'exp-1', phase: '2', unitType: 'user' } }
}

/** What pages of one browser share: storage, locks, channels and the network. Call within `vi.useFakeTimers()`. */
export function createFakeBrowser() {
  const assay = createFakeAssay()
  const page = Object.assign(new EventTarget(), { hidden: false })
  const window = new EventTarget()
  const storage = createFakeStorage()
  const beacons: { url: string; body: string }[] = []
  vi.stubGlobal('document', page)
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('fetch', assay.fetch)
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
  vi.stubGlobal('navigator', { locks: createFakeLocks(), sendBeacon: (url: string, body: string) => beacons.push({ url, body }) > 0 })
  vi.stubGlobal('BroadcastChannel', channels())
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  const warnings: string[] = []
  return {
    assay,
    storage,
    beacons,
    warnings,
    open: (options: Partial<BrowserClientOptions> = {}) => createBrowserClient({ url: 'https://assay.test', key: 'client-key', context: { targetingKey: 'u' }, logger: { warn: (message) => { warnings.push(message) } }, ...options }),
    show(visibilityState: 'visible' | 'hidden'): void {
      page.hidden = visibilityState === 'hidden'
      page.dispatchEvent(new Event('visibilitychange'))
    },
    hidePage: () => window.dispatchEvent(new Event('pagehide')),
  }
}

/** Lets `ms` pass, and whatever is due happen. */
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}

export function createFakeStorage() {
  const kept = new Map<string, string>()
  return { kept, getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value) } }
}

/** One holder per name; the next one in line follows. */
function createFakeLocks() {
  const lines = new Map<string, Promise<void>>()
  return {
    async request(name: string, hold: () => Promise<void>): Promise<void> {
      const turn = (lines.get(name) ?? Promise.resolve()).then(hold)
      lines.set(name, turn)
      await turn
    },
  }
}

function channels() {
  const open = new Map<string, Set<{ onmessage?: (event: { data: unknown }) => void }>>()
  return class {
    onmessage?: (event: { data: unknown }) => void
    private readonly name: string

    constructor(name: string) {
      this.name = name
      open.set(name, (open.get(name) ?? new Set()).add(this))
    }

    postMessage(data: unknown): void {
      for (const other of open.get(this.name) ?? []) if (other !== this) other.onmessage?.({ data })
    }

    close(): void {
      open.get(this.name)?.delete(this)
    }
  }
}
