import { evaluateTyped, type CompiledRuleset, type Context, type ErrorCode, type Evaluation, type FlagType } from '../core/index.ts'
import { acknowledgeRulesets } from './acknowledge.ts'
import { bootstrapFor } from './bootstrap.ts'
import type { Client, Details, Status } from './client-api.ts'
import { createClock } from './clock.ts'
import { createEventQueue, type QueueCounts } from './event-queue.ts'
import { createHeldRuleset } from './held-ruleset.ts'
import { createLastGoodFile } from './last-good-file.ts'
import { createListeners } from './listeners.ts'
import { settingsFrom, type ClientOptions } from './options.ts'
import { createRecorder } from './recorder.ts'
import { createRequest } from './request.ts'
import { followRulesets } from './ruleset-source.ts'
import { textOf } from './text-of.ts'
import { delay, keepAliveDuring } from './timers.ts'

const SUMMARIES_EVERY_MS = 60_000
const FLUSH_TIMEOUT_MS = 30_000
const EMPTY: Context = Object.freeze({})

/**
 * A client of one environment. It evaluates in the process, sends exposures and events in batches, and never throws into
 * its host: whatever fails, the caller's default is served and the reason is in the details.
 *
 * @example
 * const client = createClient({ url: 'http://localhost:4000', key: process.env.ASSAY_KEY })
 * await client.ready()
 * if (client.getBoolean('express-pay', false, { targetingKey: user.id, country: 'DE' })) showExpressPay()
 * client.track('order', { targetingKey: user.id }, { value: 49.9 })
 * await client.close()
 */
export function createClient(options: ClientOptions): Client {
  const settings = settingsFrom(options)
  const { timers, warn } = settings
  const clock = createClock(settings.now, warn)
  /** Ends following the ruleset; `all` ends every request. */
  const following = new AbortController()
  const all = new AbortController()
  const request = createRequest(settings, clock)
  const held = createHeldRuleset(settings)
  const queue = createEventQueue(settings, request, clock, all.signal)
  const recorder = createRecorder(settings, clock, held, queue.add)
  const file = createLastGoodFile(settings)
  const statusListeners = createListeners<[status: Status, ageMs?: number]>(warn)
  let hasContact = false
  let contactAt: number | undefined
  let problem: string | undefined
  let closing: Promise<QueueCounts> | undefined
  let isClosed = false
  let lastStatus: Status = 'defaults'
  let leave: (signal: AbortSignal) => Promise<void> = () => Promise.resolve()
  let settleReady: () => void = () => undefined
  const settled = new Promise<void>((resolve) => { settleReady = resolve })

  begin().catch((error: unknown) => { warn(`The client stopped following its ruleset: ${textOf(error)}`) })

  async function begin(): Promise<void> {
    if (settings.bootstrap !== undefined) held.offer(settings.bootstrap)
    const kept = await file.read()
    if (kept !== undefined) held.offer(kept)
    tellStatus()
    held.onUpdate((_, text) => { file.write(text) })
    if (settings.offline) {
      settleReady()
      return
    }
    leave = acknowledgeRulesets(settings, request, clock, held, following.signal)
    void reportSummaries()
    await followRulesets(settings, request, clock, held, { onContact, onStale, onRefused }, following.signal)
  }

  function onContact(): void {
    hasContact = true
    contactAt = clock.elapsed()
    problem = undefined
    tellStatus()
    settleReady()
  }

  function onStale(): void {
    hasContact = false
    warn('Assay has not been reached for a minute. Flags keep the values they have; the client keeps trying.')
    tellStatus()
  }

  function onRefused(reason: string): void {
    problem = reason
    settleReady()
  }

  function status(): Status {
    if (isClosed) return 'closed'
    return held.current() === undefined ? 'defaults' : hasContact ? 'ready' : 'stale'
  }

  function tellStatus(): void {
    const now = status()
    if (now === lastStatus) return
    lastStatus = now
    if (contactAt === undefined) statusListeners.tell(now)
    else statusListeners.tell(now, Math.round(clock.elapsed() - contactAt))
  }

  async function reportSummaries(): Promise<void> {
    while (!following.signal.aborted) {
      await delay(timers, SUMMARIES_EVERY_MS, following.signal)
      if (!following.signal.aborted) recorder.addSummaries()
    }
  }

  function decide(compiled: CompiledRuleset, flagKey: string, type: FlagType, context: Context): Evaluation {
    const evaluation = evaluateTyped(compiled, flagKey, type, context)
    recorder.note(compiled, evaluation, context)
    return evaluation
  }

  function getter<T>(type: FlagType) {
    return (flag: string, fallback: T, context: Context = EMPTY): T => {
      const compiled = isClosed ? undefined : held.current()
      // The type of the value is the flag's type, which was checked against the wanted one.
      return compiled ? ((decide(compiled, flag, type, context).value as T | undefined) ?? fallback) : fallback
    }
  }

  function detailsGetter<T>(type: FlagType) {
    return (flag: string, fallback: T, context: Context = EMPTY): Details<T> => {
      const compiled = isClosed ? undefined : held.current()
      if (!compiled) return notReady(flag, fallback)
      const evaluation = decide(compiled, flag, type, context)
      const { epoch, version } = compiled.ruleset
      return { ...evaluation, value: (evaluation.value as T | undefined) ?? fallback, epoch, version }
    }
  }

  function notReady<T>(flagKey: string, value: T): Details<T> {
    const errorCode: ErrorCode = 'PROVIDER_NOT_READY'
    return { flagKey, value, reason: 'ERROR', errorCode, errorMessage: isClosed ? 'The client is closed.' : 'No ruleset has arrived yet.' }
  }

  async function flush(given?: { timeoutMs?: number }): Promise<QueueCounts> {
    recorder.addSummaries()
    await within(queue.flush(), given?.timeoutMs ?? (settings.backfill ? undefined : FLUSH_TIMEOUT_MS))
    return queue.counts()
  }

  async function close(): Promise<QueueCounts> {
    isClosed = true
    following.abort(new Error('the client is closed'))
    tellStatus()
    settleReady()
    recorder.addSummaries()
    await within(Promise.all([queue.flush(), leave(all.signal)]), settings.closeTimeoutMs)
    all.abort(new Error('the client is closed'))
    queue.close()
    await file.settled()
    return queue.counts()
  }

  async function within(work: Promise<unknown>, ms: number | undefined): Promise<void> {
    if (ms === undefined) {
      await work
      return
    }
    const over = new AbortController()
    await Promise.race([work, delay(timers, ms, over.signal)])
    over.abort()
  }

  async function ready(): Promise<Status> {
    await within(settled, settings.readyTimeoutMs)
    return status()
  }

  const object = getter<object>('object')
  const objectDetails = detailsGetter<object>('object')

  return {
    ready: () => keepAliveDuring(ready()),
    status,
    problem: () => problem,
    ruleset: () => held.current()?.ruleset,
    getBoolean: getter<boolean>('boolean'),
    getString: getter<string>('string'),
    getInteger: getter<number>('integer'),
    getFloat: getter<number>('float'),
    getObject: <T extends object>(flag: string, fallback: T, context?: Context) => object(flag, fallback, context) as T,
    getBooleanDetails: detailsGetter<boolean>('boolean'),
    getStringDetails: detailsGetter<string>('string'),
    getIntegerDetails: detailsGetter<number>('integer'),
    getFloatDetails: detailsGetter<number>('float'),
    getObjectDetails: <T extends object>(flag: string, fallback: T, context?: Context) => objectDetails(flag, fallback, context) as Details<T>,
    bootstrap(context) {
      const compiled = isClosed ? undefined : held.current()
      return compiled ? bootstrapFor(compiled, context) : { flags: [] }
    },
    track: recorder.track,
    expose: recorder.expose,
    identify: recorder.identify,
    flush: (flushOptions) => keepAliveDuring(flush(flushOptions)),
    close: () => (closing ??= keepAliveDuring(close())),
    onUpdate: (listener) => held.onUpdate((update) => listener(update)),
    onStatus: statusListeners.add,
    counts: queue.counts,
  }
}
