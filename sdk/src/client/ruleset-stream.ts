import type { HeldRuleset } from './held-ruleset.ts'
import type { Settings } from './options.ts'
import { headersOf, orAbort, reasonOf } from './request.ts'
import { createSseParser } from './sse.ts'
import { textOf } from './text-of.ts'

/** The server sends a heartbeat every 15 s. */
const SILENT_MS = 45_000
const LONGEST_TOLD_MS = 600_000

/** `over` after it worked, with what the server told of coming back; `failed` if it did not work, or fell silent. */
export type StreamEnd = { kind: 'over'; toldMs: number | undefined } | { kind: 'failed'; hasWorked: boolean; status: number; retryAfter: string | null; reason: string }

/** Reads one stream of rulesets to its end, whatever ends it. Never rejects. */
export async function readStream({ url, key, fetch, timers, random }: Settings, held: HeldRuleset, onContact: () => void, signal: AbortSignal): Promise<StreamEnd> {
  const attempt = new AbortController()
  const abort = () => { attempt.abort() }
  const fallSilent = () => { attempt.abort(new Error('it fell silent')) }
  let timer = timers.setTimeout(fallSilent, SILENT_MS)
  let status = 0
  let retryAfter: string | null = null
  let hasWorked = false
  let retryMs: number | undefined
  const failed = (reason: string): StreamEnd => ({ kind: 'failed', hasWorked, status, retryAfter, reason })
  signal.addEventListener('abort', abort)
  try {
    const id = held.id()
    const since = id === undefined ? {} : { 'last-event-id': id }
    const response = await orAbort(fetch(`${url}/sdk/v1/stream`, { method: 'GET', headers: { ...headersOf({ key }), accept: 'text/event-stream', 'cache-control': 'no-cache', ...since }, signal: attempt.signal }), attempt.signal)
    status = response.status
    retryAfter = response.headers.get('retry-after')
    if (status !== 200) return failed(reasonOf({ status, text: await orAbort(response.text(), attempt.signal) }))
    if (!response.body || !(response.headers.get('content-type') ?? '').startsWith('text/event-stream')) return failed('the answer is no stream')
    const parse = createSseParser()
    const chunks = response.body[Symbol.asyncIterator]()
    for (let received = 0; ; received++) {
      const { done, value } = await orAbort(chunks.next(), attempt.signal)
      if (done) break
      timers.clearTimeout(timer)
      timer = timers.setTimeout(fallSilent, SILENT_MS)
      for (const { event, data } of parse(value)) {
        if (event === 'reconnect') retryMs = retryMsOf(data, random)
        if (event === 'ruleset' && (await held.receive(data)) === 'unusable') return failed('it sent a ruleset that cannot be used')
      }
      // The first bytes may be all that gets through; whatever comes later shows that the stream works.
      hasWorked = held.current() !== undefined && (received > 0 || retryMs !== undefined)
      if (hasWorked) onContact()
    }
    return hasWorked ? over() : failed('it ended at once')
  } catch (error) {
    // A connection that breaks after it worked is as good as one that ends: a restart of the server is no failure.
    return hasWorked && !attempt.signal.aborted ? over() : failed(textOf(error))
  } finally {
    timers.clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    attempt.abort()
  }

  function over(): StreamEnd {
    return { kind: 'over', toldMs: retryMs }
  }
}

/** `retryMs` is this client's own moment; `retryWindowMs` is one for all, in which each takes a moment by chance. */
function retryMsOf(data: string, random: () => number): number | undefined {
  try {
    const { retryMs, retryWindowMs } = JSON.parse(data) as { retryMs?: unknown; retryWindowMs?: unknown }
    if (typeof retryMs === 'number' && retryMs >= 0) return Math.min(retryMs, LONGEST_TOLD_MS)
    if (typeof retryWindowMs === 'number' && retryWindowMs >= 0) return random() * Math.min(retryWindowMs, LONGEST_TOLD_MS)
  } catch {
    // Not what this version understands: the usual window applies.
  }
  return undefined
}
