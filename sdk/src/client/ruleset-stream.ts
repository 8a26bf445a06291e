import type { HeldRuleset } from './held-ruleset.ts'
import type { Settings } from './options.ts'
import { headersOf, orAbort } from './request.ts'
import { createSseParser } from './sse.ts'

/** The server sends a heartbeat every 15 s. */
const SILENT_MS = 45_000

export interface StreamEnd {
  /** It worked for a while. */
  healthy: boolean
  /** 0 if there was no answer. */
  status: number
  text: string
  retryAfter: string | null
  /** When to come back, if the server said so. */
  retryMs?: number
}

/** Reads one stream of rulesets to its end, whatever ends it. Never rejects. */
export async function readStream({ url, key, fetch, timers, random }: Settings, held: HeldRuleset, onContact: () => void, signal: AbortSignal): Promise<StreamEnd> {
  const end: StreamEnd = { healthy: false, status: 0, text: 'no answer', retryAfter: null }
  const attempt = new AbortController()
  const abort = () => { attempt.abort() }
  let timer = timers.setTimeout(abort, SILENT_MS)
  signal.addEventListener('abort', abort)
  try {
    const id = held.id()
    const since = id === undefined ? {} : { 'last-event-id': id }
    const response = await orAbort(fetch(`${url}/sdk/v1/stream`, { method: 'GET', headers: { ...headersOf({ key }), accept: 'text/event-stream', 'cache-control': 'no-cache', ...since }, signal: attempt.signal }), attempt.signal)
    end.status = response.status
    end.retryAfter = response.headers.get('retry-after')
    const isStream = response.status === 200 && (response.headers.get('content-type') ?? '').startsWith('text/event-stream')
    if (!isStream || !response.body) {
      end.text = response.status === 200 ? '' : await orAbort(response.text(), attempt.signal)
      attempt.abort()
      return end
    }
    const parse = createSseParser()
    let received = 0
    const chunks = response.body[Symbol.asyncIterator]()
    for (;;) {
      const { done, value } = await orAbort(chunks.next(), attempt.signal)
      if (done) return end
      timers.clearTimeout(timer)
      timer = timers.setTimeout(abort, SILENT_MS)
      for (const { event, data } of parse(value)) {
        if (event === 'reconnect') end.retryMs = retryMsOf(data, random)
        if (event === 'ruleset' && held.offer(data) === 'unusable') return { ...end, text: 'an unusable ruleset' }
      }
      // The first bytes may be all that gets through; whatever comes later shows that the stream works.
      end.healthy = held.current() !== undefined && (received > 0 || end.retryMs !== undefined)
      received++
      if (held.current()) onContact()
    }
  } catch (error) {
    if (end.status !== 0) end.text = ''
    else if (error instanceof Error) end.text = error.message
    return end
  } finally {
    timers.clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    attempt.abort()
  }
}

/** `retryMs` is this client's own moment; `retryWindowMs` is one for all, in which each takes a moment by chance. */
function retryMsOf(data: string, random: () => number): number {
  try {
    const { retryMs, retryWindowMs } = JSON.parse(data) as { retryMs?: unknown; retryWindowMs?: unknown }
    if (typeof retryMs === 'number' && retryMs >= 0) return Math.min(retryMs, 600_000)
    if (typeof retryWindowMs === 'number' && retryWindowMs >= 0) return random() * Math.min(retryWindowMs, 600_000)
  } catch {
    // Not what this version understands: the usual window applies.
  }
  return random() * 10_000
}
