import { backoffMs, isRefusal, retryAfterMs, slowMs } from './backoff.ts'
import type { Clock } from './clock.ts'
import type { HeldRuleset } from './held-ruleset.ts'
import type { Settings } from './options.ts'
import { reasonOf, type Request } from './request.ts'
import { readStream } from './ruleset-stream.ts'
import { delay } from './timers.ts'

/** Failed streams in a row after which the client polls. */
const FAILURES_UNTIL_POLLING = 5
const STREAM_PROBE_MS = 300_000
/** Where the server did not say when to come back after a healthy stream: anywhere within this. */
const RECONNECT_WINDOW_MS = 10_000
/** Without any contact for this long, what is held counts as stale. */
const STALE_AFTER_MS = 60_000

export interface SourceEvents {
  /** The server answered: what is held is what it has. */
  onContact: () => void
  /** The server cannot be reached, or what it says cannot be used, for longer than a short while. */
  onStale: () => void
  /** The server refuses the key or the request: waiting a little will not help. */
  onRefused: () => void
}

/**
 * Keeps the held ruleset up to date until `signal` aborts: a first request, then a stream, or polling where streams do
 * not get through. One attempt at a time, one timer.
 */
export async function followRulesets(settings: Settings, request: Request, clock: Clock, held: HeldRuleset, events: SourceEvents, signal: AbortSignal): Promise<void> {
  const { timers, random, warn } = settings
  let etag: string | undefined
  let failures = 0
  let streamFailures = 0
  /** Waited without contact, in milliseconds. */
  let silentMs = 0

  function contact(): void {
    silentMs = 0
    events.onContact()
  }

  async function wait(ms: number, isSilent: boolean): Promise<void> {
    await delay(timers, ms, signal)
    if (!isSilent) return
    silentMs += Math.max(ms, 1)
    if (silentMs >= STALE_AFTER_MS) events.onStale()
  }

  /** Milliseconds to wait before the next attempt after a failed one. */
  function pause(status: number, retryAfter: string | null, count: number): number {
    const told = retryAfterMs(retryAfter, clock.system())
    if (isRefusal(status)) return told ?? slowMs(random)
    return told === undefined ? backoffMs(count, random) : told + random() * 1000
  }

  /** Asks once; gives the pause after a failure, undefined after success. */
  async function poll(): Promise<number | undefined> {
    const known = etag !== undefined && held.current() ? { 'if-none-match': etag } : {}
    const answer = await request('/sdk/v1/ruleset', { headers: { accept: 'application/json', ...known }, signal })
    if (signal.aborted) return undefined
    if (answer.status === 304 && held.current()) {
      failures = 0
      contact()
      return undefined
    }
    const offered = answer.status === 200 ? held.offer(answer.text) : undefined
    if (offered === 'applied' || offered === 'older') {
      failures = 0
      // What was not applied must be sent whole again, should it become the newest.
      etag = offered === 'applied' ? (answer.header('etag') ?? undefined) : etag
      contact()
      return undefined
    }
    etag = undefined
    failures++
    if (answer.status !== 200) warn(`The ruleset could not be read (${reasonOf(answer)}). The client keeps trying.`)
    if (isRefusal(answer.status)) events.onRefused()
    return pause(answer.status, answer.header('retry-after'), failures)
  }

  async function pollUntilItWorks(): Promise<void> {
    for (let ms = await poll(); ms !== undefined && !signal.aborted; ms = await poll()) await wait(ms, true)
  }

  async function pollFor(ms: number): Promise<void> {
    for (let waited = 0; waited < ms && !signal.aborted;) {
      const next = settings.pollIntervalMs * (0.8 + 0.4 * random())
      await wait(next, false)
      waited += next
      if (!signal.aborted) await pollUntilItWorks()
    }
  }

  await pollUntilItWorks()
  while (!signal.aborted) {
    if (!settings.stream || streamFailures >= FAILURES_UNTIL_POLLING) {
      await pollFor(STREAM_PROBE_MS)
      // One attempt: if it fails, polling goes on.
      streamFailures = Math.min(streamFailures, FAILURES_UNTIL_POLLING - 1)
      if (!settings.stream) continue
    }
    const ended = await readStream(settings, held, contact, signal)
    if (signal.aborted) return
    if (ended.healthy) {
      streamFailures = 0
      await wait(ended.retryMs ?? random() * RECONNECT_WINDOW_MS, true)
      continue
    }
    streamFailures++
    warn(`The stream of rulesets does not work (${reasonOf(ended)}). The client keeps trying, and polls meanwhile.`)
    await wait(pause(ended.status, ended.retryAfter, streamFailures), true)
    if (!signal.aborted) await pollUntilItWorks()
  }
}
