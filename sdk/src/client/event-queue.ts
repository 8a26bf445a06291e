import { backoffMs, isRefusal, retryAfterMs, slowMs } from './backoff.ts'
import type { Clock } from './clock.ts'
import { DEEPEST_ITEM, isTooDeep, jsonOf } from './item-text.ts'
import type { Settings } from './options.ts'
import { reasonOf, type Answer, type Request } from './request.ts'
import { delay } from './timers.ts'
import { createWaitingItems } from './waiting-items.ts'

/** Characters of a request; the server takes 1 MB. Escaped and non-ASCII texts are larger as bytes. */
const LONGEST_BODY = 300_000
/** Characters of one item that the server takes. */
export const LONGEST_ITEM = 32_000
/** Characters of all waiting items together. */
const LONGEST_QUEUE = 20_000_000
/** A batch that could not be sent for this long is given up, so that newer items get their turn. */
const GIVE_UP_AFTER_MS = 3_600_000
/** Of one answer, at most this many sentences are logged. */
const MOST_REASONS = 5

/** Why an item was not sent. */
export type DropCause = 'queue_full' | 'too_large' | 'too_deep' | 'not_json' | 'refused' | 'expired' | 'closed'

export interface QueueCounts {
  /** Waiting to be sent, those under way included. */
  queued: number
  /** Stored by the server. */
  sent: number
  /** Refused by the server one by one, with a reason that was logged. */
  rejected: number
  dropped: Partial<Record<DropCause, number>>
}

interface Pause {
  ms: number
  /** The server asked for it, or refuses for now. */
  isTold: boolean
}

interface Batch {
  body: string
  items: readonly string[]
  dropped: Partial<Record<DropCause, number>>
  waitedMs: number
  failures: number
}

/**
 * Items on their way to the server. Each is made text when it is added and each batch once, so every retry sends the same
 * bytes. One batch at a time; what does not fit into the queue is counted, and the server is told.
 */
export function createEventQueue(settings: Settings, request: Request, clock: Clock, signal: AbortSignal) {
  const { timers, random, warn, backfill } = settings
  const waiting = createWaitingItems()
  const batches: Batch[] = []
  const counts: QueueCounts = { queued: 0, sent: 0, rejected: 0, dropped: {} }
  /** Dropped since the last batch. */
  let unreported: QueueCounts['dropped'] = {}
  let queuedLength = 0
  /** Items ever added and ever done with, in order: what was added before a flush is done once `done` reaches it. */
  let added = 0
  let done = 0
  /** Items up to this one are sent without waiting for a full batch. */
  let due = 0
  let flushes: { upTo: number; resolve: () => void }[] = []
  let timer: unknown
  let isSending = false
  /** Set while a failed batch waits for its next attempt. A flush cuts that short, unless the server asked for the pause. */
  let pause: AbortController | undefined
  let pauseIsTold = false

  function drop(cause: DropCause, count: number): void {
    counts.dropped[cause] = (counts.dropped[cause] ?? 0) + count
    unreported[cause] = (unreported[cause] ?? 0) + count
  }

  function add(item: object): boolean {
    // While the queue is full an item costs next to nothing.
    const text = counts.queued < settings.maxQueueSize ? jsonOf(item) : ''
    const cause = dropCause(text)
    if (cause !== undefined || text === undefined) {
      drop(cause ?? 'not_json', 1)
      warn(causes[cause ?? 'not_json'])
      return false
    }
    waiting.push(text)
    queuedLength += text.length
    counts.queued++
    added++
    if (waiting.length() >= settings.batchSize) start()
    else timer ??= timers.setTimeout(sendWhatWaits, settings.flushIntervalMs)
    return true
  }

  function dropCause(text: string | undefined): DropCause | undefined {
    if (signal.aborted) return 'closed'
    if (text === undefined) return 'not_json'
    if (text.length > LONGEST_ITEM) return 'too_large'
    if (isTooDeep(text)) return 'too_deep'
    return counts.queued >= settings.maxQueueSize || queuedLength + text.length > LONGEST_QUEUE ? 'queue_full' : undefined
  }

  function sendWhatWaits(): void {
    timers.clearTimeout(timer)
    timer = undefined
    due = added
    start()
  }

  function start(): void {
    if (!isSending && !signal.aborted) void sendAll()
  }

  async function sendAll(): Promise<void> {
    isSending = true
    // After the code that added the item: it may add more.
    await Promise.resolve()
    for (let batch = nextBatch(); batch && !signal.aborted; batch = nextBatch()) {
      const retry = settle(batch, await request('/sdk/v1/events', { body: batch.body, signal }))
      resolveFlushes()
      if (retry) await rest(batch, retry)
    }
    isSending = false
    if (waiting.length() > 0 && !signal.aborted) timer ??= timers.setTimeout(sendWhatWaits, settings.flushIntervalMs)
  }

  async function rest(batch: Batch, { ms, isTold }: Pause): Promise<void> {
    batch.waitedMs += Math.max(ms, 1)
    pause = new AbortController()
    const { signal: over } = pause
    const end = () => { pause?.abort() }
    signal.addEventListener('abort', end)
    pauseIsTold = isTold
    await delay(timers, ms, over)
    pauseIsTold = false
    signal.removeEventListener('abort', end)
    pause = undefined
  }

  /** The batch to send: one that failed before, or a new one if enough waits. */
  function nextBatch(): Batch | undefined {
    const [retry] = batches
    if (retry) return retry
    if (waiting.length() < settings.batchSize && due <= added - waiting.length()) return undefined
    const items = waiting.take(settings.batchSize, LONGEST_BODY)
    if (items.length === 0) return undefined
    const batch = batchOf(items, unreported)
    unreported = {}
    batches.push(batch)
    return batch
  }

  function batchOf(items: readonly string[], dropped: Batch['dropped']): Batch {
    const head = { sentAt: new Date(clock.system()).toISOString(), ...(Object.keys(dropped).length > 0 ? { dropped } : {}), ...(backfill ? { backfill: true } : {}) }
    return { body: `${JSON.stringify(head).slice(0, -1)},"items":[${items.join(',')}]}`, items, dropped, waitedMs: 0, failures: 0 }
  }

  /** Takes a batch that is done out of the queue; for one that is to be sent again, gives the pause before. */
  function settle(batch: Batch, answer: Answer): Pause | undefined {
    const { status } = answer
    if (status >= 200 && status < 300) {
      const rejected = rejectionsIn(answer)
      remove(batch)
      counts.rejected += rejected.length
      counts.sent += batch.items.length - rejected.length
      for (const message of [...new Set(rejected)].slice(0, MOST_REASONS)) warn(`The server did not take an item: ${message}`)
      return undefined
    }
    if (signal.aborted) return undefined
    if (status === 413 && batch.items.length > 1) {
      const half = Math.ceil(batch.items.length / 2)
      batches.splice(0, 1, batchOf(batch.items.slice(0, half), batch.dropped), batchOf(batch.items.slice(half), {}))
      return undefined
    }
    batch.failures++
    const isHopeless = status === 400 || status === 413 || status === 422
    if (isHopeless || (!backfill && batch.waitedMs >= GIVE_UP_AFTER_MS)) {
      warn(`${isHopeless ? 'The server refused a batch of events' : 'A batch of events could not be sent for an hour'} (${reasonOf(answer)}). Its items are dropped and counted.`)
      remove(batch)
      for (const [cause, count] of Object.entries(batch.dropped)) unreported[cause as DropCause] = (unreported[cause as DropCause] ?? 0) + count
      drop(isHopeless ? 'refused' : 'expired', batch.items.length)
      return undefined
    }
    warn(`Events could not be sent (${reasonOf(answer)}). They are kept and sent again.`)
    const told = retryAfterMs(answer.header('retry-after'), clock.system())
    if (told !== undefined) return { ms: told + random() * 1000, isTold: true }
    return isRefusal(status) ? { ms: slowMs(random), isTold: true } : { ms: backoffMs(batch.failures, random), isTold: false }
  }

  function remove(batch: Batch): void {
    batches.splice(batches.indexOf(batch), 1)
    counts.queued -= batch.items.length
    queuedLength -= batch.items.reduce((sum, item) => sum + item.length, 0)
    done += batch.items.length
  }

  function resolveFlushes(): void {
    const reached = flushes.filter(({ upTo }) => done >= upTo)
    flushes = flushes.filter(({ upTo }) => done < upTo)
    for (const { resolve } of reached) resolve()
  }

  return {
    /** Adds an item, which must not be changed afterwards; false if it had to be dropped. Never throws. */
    add,
    counts: (): QueueCounts => ({ ...counts, dropped: { ...counts.dropped } }),
    /** Sends what waits, and resolves when all that was added before is stored, refused or given up. */
    flush(): Promise<void> {
      if (done >= added) return Promise.resolve()
      const flushed = new Promise<void>((resolve) => { flushes.push({ upTo: added, resolve }) })
      sendWhatWaits()
      if (!pauseIsTold) pause?.abort()
      return flushed
    },
    /** After the signal aborted: what is left is counted as dropped. */
    close(): void {
      timers.clearTimeout(timer)
      const left = counts.queued
      counts.queued = 0
      done = added
      if (left > 0) {
        drop('closed', left)
        warn(`${left} events could not be sent before the client was closed.`)
      }
      resolveFlushes()
    },
  }
}

const causes: Record<DropCause, string> = {
  queue_full: 'The event queue is full: further events are dropped and counted. Raise maxQueueSize, or await flush() between many events.',
  too_large: `An event was dropped: it has more than ${LONGEST_ITEM} characters as JSON.`,
  too_deep: `An event was dropped: it is nested more than ${DEEPEST_ITEM} levels deep.`,
  not_json: 'An event was dropped: its properties or attributes cannot be written as JSON.',
  refused: 'Events were refused.',
  expired: 'Events expired.',
  closed: 'An event was dropped: the client is closed.',
}

/** Why items were not taken, one sentence per item. */
function rejectionsIn({ text }: Answer): string[] {
  try {
    const { rejected } = JSON.parse(text) as { rejected?: unknown }
    return Array.isArray(rejected) ? rejected.map((each: { message?: unknown } | null) => String(each?.message)) : []
  } catch {
    return []
  }
}
