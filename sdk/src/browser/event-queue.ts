import type { DropCause, QueueCounts } from '../client/event-queue.ts'
import { createAttempts } from './attempts.ts'
import type { Kept } from './kept.ts'
import { uuidv7 } from './uuidv7.ts'

type Drops = QueueCounts['dropped']

/**
 * Exposures and events that wait to be sent, bounded. Each is written once, with its id: one that is sent twice counts once.
 * So a page that may be closing sends whatever is not known to have arrived. `now` gives milliseconds since 1970 by Assay's clock.
 */
export function createEventQueue(path: string, key: string, intervalMs: number, now: () => number, warn: (message: string) => void, kept: Kept) {
  const [within, mustWait, succeeded, failed] = createAttempts(flush)
  const waiting = new Set(kept('events').split('\n').filter(Boolean))
  const dropped: Drops = {}
  let unreported: Drops = {}
  let [sent, rejected] = [0, 0]
  let sending: Promise<void> | undefined
  let isLeaving = false
  let isClosed = false

  kept('events', '')

  function drop(cause: DropCause, count = 1): false {
    tally(dropped, cause, count)
    tally(unreported, cause, count)
    warn(`Events dropped: ${cause}`)
    return false
  }

  /** Adds an item; false if it had to be dropped. Never throws. */
  function add(fields: object, given?: Date | number | string): boolean {
    let item: string
    try {
      const at = new Date(given ?? now())
      item = JSON.stringify({ id: uuidv7(now()), at: +at ? at : new Date(now()), ...fields })
    } catch {
      return drop('not_json')
    }
    if (isClosed) return drop('closed')
    if (item.length > 32_000) return drop('too_large')
    if (waiting.size >= 1000) return drop('queue_full')
    waiting.add(item)
    within(intervalMs)
    return true
  }

  function nextBatch(most = 100): string[] {
    const batch: string[] = []
    // Browsers keep 64 KiB in flight for a page that closes.
    let room = 58_000
    for (const item of waiting) {
      room -= new Blob([item]).size
      if (batch.length > 0 && (batch.length >= most || room < 0)) break
      batch.push(item)
    }
    return batch
  }

  /** The key stands in the body, as a text: a request without headers of its own needs no preflight, which a page that closes could not wait for. */
  function bodyOf(batch: readonly string[], drops: Drops): string {
    return `${JSON.stringify({ key, sentAt: new Date(now()), dropped: drops }).slice(0, -1)},"items":[${batch.join()}]}`
  }

  /** How many of a batch still waited: some may have been sent twice. */
  function remove(batch: readonly string[]): number {
    return batch.filter((item) => waiting.delete(item)).length
  }

  /** Sends a batch; false if the next one must wait. */
  async function send(batch: readonly string[], keepalive = false): Promise<boolean> {
    const reported = unreported
    unreported = {}
    let response: Response | undefined
    try {
      response = await fetch(path, { method: 'POST', body: bodyOf(batch, reported), keepalive })
      if (response.ok) {
        sent += remove(batch)
        succeeded()
        for (const { message } of ((await response.json()) as { rejected: { message: string }[] }).rejected) {
          sent--
          rejected++
          warn(message)
        }
      }
    } catch {
      // No answer, or none that can be read: a batch that was taken is gone from the queue already.
    }
    if (response?.ok) return true
    for (const [cause, count] of Object.entries(reported)) tally(unreported, cause as DropCause, count)
    // It would be refused again.
    if (response && [400, 413, 422].includes(response.status)) return !drop('refused', remove(batch))
    failed(response)
    return false
  }

  async function sendAll(): Promise<void> {
    while (waiting.size > 0 && (await send(nextBatch())));
    sending = undefined
  }

  /** Sends what waits, until all is sent or one batch fails. Never rejects. */
  async function flush(): Promise<QueueCounts> {
    if (!mustWait()) await (sending ??= sendAll())
    return counts()
  }

  return {
    add,
    flush,
    /** The page may be closing: what fits is handed to the browser, the rest is left for the next visit. */
    async leave(): Promise<void> {
      if (isLeaving || waiting.size === 0) return
      const batch = nextBatch(1000)
      const rest = [...waiting].slice(batch.length).join('\n')
      if (rest) kept('events', `${kept('events')}\n${rest}`.slice(-1_000_000))
      isLeaving = true
      if ('keepalive' in Request.prototype) await send(batch, true)
      else if (navigator.sendBeacon(path, bodyOf(batch, unreported))) sent += remove(batch)
      isLeaving = false
    },
    close(): QueueCounts {
      isClosed = true
      if (waiting.size > 0) drop('closed', waiting.size)
      waiting.clear()
      return counts()
    },
    counts,
  }

  function counts(): QueueCounts {
    return { queued: waiting.size, sent, rejected, dropped: { ...dropped } }
  }
}

function tally(drops: Drops, cause: DropCause, count: number): void {
  drops[cause] = (drops[cause] ?? 0) + count
}
