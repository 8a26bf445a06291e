import { backoffMs, isRefusal, retryAfterMs, slowMs } from './backoff.ts'
import type { Clock } from './clock.ts'
import type { HeldRuleset } from './held-ruleset.ts'
import type { Settings } from './options.ts'
import { reasonOf, type Request } from './request.ts'
import { watchForResume } from './resume-watch.ts'
import { readStream } from './ruleset-stream.ts'
import { delay } from './timers.ts'

/** Failed streams in a row after which the client polls. */
const FAILURES_UNTIL_POLLING = 5
const STREAM_PROBE_MS = 300_000
/** Where the server did not say when to come back after a healthy stream: anywhere within this. */
const RECONNECT_WINDOW_MS = 10_000
const LONGEST_WINDOW_MS = 30_000
/** A stream that lasted this long was healthy. */
const HEALTHY_MS = 60_000
/** Without any contact for this long after a failure, what is held counts as stale. */
const STALE_AFTER_MS = 60_000

export interface SourceEvents {
  /** The server answered: what is held is what it has. */
  onContact: () => void
  /** The server cannot be reached, or what it says cannot be used, for longer than a short while. */
  onStale: () => void
  /** The server refuses the key or the request, for this reason: waiting a little will not help. */
  onRefused: (reason: string) => void
}

/**
 * Keeps the held ruleset up to date until `signal` aborts: a first request, then a stream, or polling where streams do
 * not get through. One attempt at a time.
 */
export async function followRulesets(settings: Settings, request: Request, clock: Clock, held: HeldRuleset, events: SourceEvents, signal: AbortSignal): Promise<void> {
  const { timers, random, warn } = settings
  /** Ends what is under way or waited for, to begin again with a request. */
  let beginAgain: () => void = () => undefined
  let etag: string | undefined
  let failures = 0
  let streamFailures = 0
  /** Streams in a row that worked and soon ended without a word. */
  let shortStreams = 0
  /** Set from the first failure until the next contact. */
  let outage: unknown
  signal.addEventListener('abort', () => { timers.clearTimeout(outage) })

  function contact(): void {
    timers.clearTimeout(outage)
    outage = undefined
    events.onContact()
  }

  function trouble(): void {
    outage ??= timers.setTimeout(events.onStale, STALE_AFTER_MS)
  }

  /** Milliseconds to wait before the next attempt after a failed one. */
  function pause(status: number, retryAfter: string | null, count: number): number {
    const told = retryAfterMs(retryAfter, clock.system())
    if (told !== undefined) return told + random() * 1000
    return isRefusal(status) ? slowMs(random) : backoffMs(count, random)
  }

  /** Asks once; gives the pause after a failure, undefined after success. */
  async function poll(signal: AbortSignal): Promise<number | undefined> {
    const known = etag !== undefined && held.current() ? { 'if-none-match': etag } : {}
    const answer = await request('/sdk/v1/ruleset', { headers: { accept: 'application/json', ...known }, signal })
    if (signal.aborted) return undefined
    const offered = answer.status === 200 ? await held.receive(answer.text) : undefined
    if ((answer.status === 304 && held.current()) || (offered !== undefined && offered !== 'unusable')) {
      failures = 0
      // An older one, such as from an instance that lags behind, must be sent whole again: it is not what is held.
      if (offered !== undefined) etag = offered === 'older' ? undefined : (answer.header('etag') ?? undefined)
      contact()
      return undefined
    }
    etag = undefined
    failures++
    trouble()
    if (answer.status !== 200) warn(`The ruleset could not be read (${reasonOf(answer)}). The client keeps trying.`)
    if (isRefusal(answer.status)) events.onRefused(reasonOf(answer))
    return pause(answer.status, answer.header('retry-after'), failures)
  }

  async function pollUntilItWorks(signal: AbortSignal): Promise<void> {
    for (let ms = await poll(signal); ms !== undefined && !signal.aborted; ms = await poll(signal)) await delay(timers, ms, signal)
  }

  /** Polls until `ms` are over, and once at their end. */
  async function pollFor(ms: number, signal: AbortSignal): Promise<void> {
    let left = ms
    do {
      const next = Math.min(left, settings.pollIntervalMs * (0.8 + 0.2 * random()))
      await delay(timers, next, signal)
      if (!signal.aborted) await pollUntilItWorks(signal)
      left -= Math.max(next, 1)
    } while (left > 0 && !signal.aborted)
  }

  /** Follows from a first request on, until `signal` aborts. */
  async function follow(signal: AbortSignal): Promise<void> {
    await pollUntilItWorks(signal)
    while (!signal.aborted) {
      if (!settings.stream || streamFailures >= FAILURES_UNTIL_POLLING) {
        await pollFor(STREAM_PROBE_MS, signal)
        // One attempt: if it fails, polling goes on.
        streamFailures = FAILURES_UNTIL_POLLING - 1
        if (!settings.stream) continue
      }
      if (signal.aborted) return
      const began = clock.elapsed()
      const ended = await readStream(settings, held, contact, signal)
      if (signal.aborted) return
      if (ended.kind === 'over') {
        streamFailures = 0
        shortStreams = ended.toldMs !== undefined || clock.elapsed() - began >= HEALTHY_MS ? 0 : shortStreams + 1
        await delay(timers, ended.toldMs ?? random() * Math.min(LONGEST_WINDOW_MS, RECONNECT_WINDOW_MS * Math.max(1, shortStreams)), signal)
        continue
      }
      trouble()
      // What is refused is refused again: polling takes over at once.
      streamFailures = isRefusal(ended.status) ? FAILURES_UNTIL_POLLING : (ended.hasWorked ? 0 : streamFailures) + 1
      warn(`The stream of rulesets does not work (${ended.reason}). The client keeps trying, and polls meanwhile.`)
      await pollFor(pause(isRefusal(ended.status) ? 0 : ended.status, ended.retryAfter, streamFailures), signal)
    }
  }

  watchForResume(settings, clock, () => { beginAgain() }, signal)
  while (!signal.aborted) {
    const round = new AbortController()
    beginAgain = () => { round.abort() }
    signal.addEventListener('abort', beginAgain)
    await follow(round.signal)
    signal.removeEventListener('abort', beginAgain)
  }
}
