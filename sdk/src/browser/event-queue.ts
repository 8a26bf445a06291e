import type { DropCause, QueueCounts } from '../client/event-queue.ts'
import type { BrowserStorage } from './browser-api.ts'
import { isRefusal, pauseMs } from './pause-ms.ts'
import { uuidv7 } from './uuidv7.ts'

const MOST_WAITING = 1000
const MOST_IN_BATCH = 100
const LONGEST_ITEM = 32_000
/** Browsers keep 64 KiB in flight for a page that closes. */
const LARGEST_BATCH = 58_000
const LARGEST_KEPT = 1_000_000

type Drops = QueueCounts['dropped']

export interface EventQueueOptions {
  url: string
  key: string
  intervalMs: number
  /** Milliseconds since 1970, by the clock of Assay. */
  now: () => number
  warn: (message: string) => void
  storage: () => BrowserStorage | null
  /** Where a page that closes leaves what does not fit into its last request. */
  storageKey: string
}

/**
 * Exposures and events that wait to be sent, bounded. Each is written once, with its id: one that is sent twice counts once.
 * So a page that may be closing sends whatever is not known to have arrived.
 */
export function createEventQueue({ url, key, intervalMs, now, warn, storage, storageKey }: EventQueueOptions) {
  const endpoint = `${url}/sdk/v1/events`
  const waiting = new Set<string>()
  /** Given to the browser for when the page is gone. */
  const leaving = new Set<string>()
  const dropped: Drops = {}
  let unreported: Drops = {}
  let [sent, rejected, failures, notBefore, most] = [0, 0, 0, 0, MOST_IN_BATCH]
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending: Promise<void> | undefined
  let isClosed = false

  try {
    for (const item of (storage()?.getItem(storageKey) ?? '').split('\n')) if (item) waiting.add(item)
    if (waiting.size > 0) storage()?.setItem(storageKey, '')
  } catch {
    // A storage that is forbidden kept nothing.
  }

  function drop(cause: DropCause, count: number, message: string): false {
    tally(dropped, cause, count)
    tally(unreported, cause, count)
    warn(message)
    return false
  }

  /** Adds an item; false if it had to be dropped. Never throws. */
  function add(fields: object, given?: Date | number | string): boolean {
    let item: string
    try {
      const at = new Date(given ?? now())
      item = JSON.stringify({ id: uuidv7(now()), at: Number.isNaN(+at) ? new Date(now()) : at, ...fields })
    } catch {
      return drop('not_json', 1, 'An event cannot be written as JSON: it is dropped.')
    }
    if (isClosed) return drop('closed', 1, 'The client is closed: an event is dropped.')
    if (item.length > LONGEST_ITEM) return drop('too_large', 1, 'An event is too large: it is dropped.')
    if (waiting.size >= MOST_WAITING) return drop('queue_full', 1, 'The event queue is full: further events are dropped and counted.')
    waiting.add(item)
    schedule(intervalMs)
    return true
  }

  function schedule(ms: number): void {
    timer ??= setTimeout(() => { void flush() }, Math.max(ms, notBefore - Date.now()))
  }

  function nextBatch(): string[] {
    const batch: string[] = []
    let room = LARGEST_BATCH
    for (const item of waiting) {
      if (leaving.has(item)) continue
      room -= new TextEncoder().encode(item).length + 1
      if (batch.length > 0 && (batch.length >= most || room < 0)) break
      batch.push(item)
    }
    return batch
  }

  function bodyOf(batch: readonly string[], drops: Drops, more?: object): string {
    return `${JSON.stringify({ sentAt: new Date(now()), dropped: drops, ...more }).slice(0, -1)},"items":[${batch.join()}]}`
  }

  /** How many of a batch still waited: some may have been sent twice. */
  function remove(batch: readonly string[]): number {
    return batch.filter((item) => waiting.delete(item)).length
  }

  /** Sends a batch; false if the next one must wait. */
  async function send(batch: readonly string[], keepalive: boolean): Promise<boolean> {
    const reported = unreported
    unreported = {}
    let response: Response | undefined
    try {
      response = await fetch(endpoint, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: bodyOf(batch, reported), keepalive })
      if (response.ok) {
        sent += remove(batch)
        failures = 0
        for (const { message } of ((await response.json()) as { rejected: { message: string }[] }).rejected) {
          sent--
          rejected++
          warn(`Assay did not take an event: ${message}`)
        }
      }
    } catch {
      // No answer, or none that can be read: a batch that was taken is gone from the queue already.
    }
    if (response?.ok) return true
    for (const [cause, count] of Object.entries(reported)) tally(unreported, cause as DropCause, count)
    const status = response?.status ?? 0
    if (status === 413 && batch.length > 1) {
      most = batch.length >> 1
      return true
    }
    if (status === 400 || status === 413 || status === 422) {
      remove(batch)
      drop('refused', batch.length, 'Assay refused a batch of events: it is dropped.')
      return true
    }
    const pause = pauseMs(response, ++failures)
    if (isRefusal(response) || response?.headers.has('retry-after')) notBefore = Date.now() + pause
    warn('Events could not be sent. They are kept and sent again.')
    schedule(pause)
    return false
  }

  async function sendAll(): Promise<void> {
    for (let batch = nextBatch(); batch.length > 0 && (await send(batch, false)); ) batch = nextBatch()
    sending = undefined
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (notBefore > Date.now()) {
      schedule(0)
      return Promise.resolve()
    }
    return (sending ??= sendAll())
  }

  return {
    add,
    /** Sends what waits, until all is sent or one batch fails. Never rejects. */
    flush,
    /** The page may be closing: what fits is handed to the browser, the rest is left for the next visit. */
    leave(): void {
      const batch = nextBatch()
      if (batch.length === 0) return
      for (const item of batch) leaving.add(item)
      const rest = [...waiting].filter((item) => !leaving.has(item)).join('\n')
      try {
        if (rest) storage()?.setItem(storageKey, `${storage()?.getItem(storageKey) ?? ''}\n${rest}`.slice(-LARGEST_KEPT))
      } catch {
        // The storage is full or forbidden: the rest is sent if the page stays.
      }
      if ('keepalive' in Request.prototype) {
        void send(batch, true).then(() => { for (const item of batch) leaving.delete(item) })
      } else if (navigator.sendBeacon(endpoint, bodyOf(batch, unreported, { key }))) {
        sent += remove(batch)
      }
    },
    close(): void {
      isClosed = true
      clearTimeout(timer)
      if (waiting.size > 0) drop('closed', waiting.size, 'Events could not be sent before the client was closed.')
      waiting.clear()
    },
    counts: (): QueueCounts => ({ queued: waiting.size, sent, rejected, dropped: { ...dropped } }),
  }
}

function tally(drops: Drops, cause: DropCause, count: number): void {
  drops[cause] = (drops[cause] ?? 0) + count
}
