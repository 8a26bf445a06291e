import { evaluateTyped, exposures, type CompiledRuleset, type Context, type ErrorCode, type Evaluation, type Exposure, type ExposureIdentity, type FlagType } from '../core/index.ts'
import { acknowledgeRulesets } from './acknowledge.ts'
import { createClock } from './clock.ts'
import { createEvaluationCounts } from './evaluation-counts.ts'
import { createEventQueue, type QueueCounts } from './event-queue.ts'
import { createHeldRuleset, type Update } from './held-ruleset.ts'
import { createLastGoodFile } from './last-good-file.ts'
import { settingsFrom, type ClientOptions } from './options.ts'
import { publicAttributes } from './public-attributes.ts'
import { createRecentlyExposed } from './recently-exposed.ts'
import { createRequest } from './request.ts'
import { followRulesets } from './ruleset-source.ts'
import { delay, keepAliveDuring } from './timers.ts'
import { trackedUnits } from './tracked-units.ts'
import { uuidv7 } from './uuid.ts'

/**
 * `ready`: evaluates from what the server has. `stale`: from a kept or bootstrapped ruleset, or without contact for a
 * minute. `defaults`: no ruleset yet, the caller's defaults are served. `closed`: defaults again.
 */
export type Status = 'ready' | 'stale' | 'defaults' | 'closed'

/** An evaluation with the value that was served: the flag's, or the caller's default. */
export interface Details<T> extends Omit<Evaluation, 'value'> {
  readonly value: T
  /** The ruleset that decided. */
  readonly epoch?: string
  readonly version?: number
}

/** A time: Date, milliseconds since 1970, or ISO 8601. */
export type Instant = Date | number | string

export interface TrackOptions {
  /** What metrics sum or average, such as euros. */
  value?: number
  /** @default now */
  at?: Instant
  properties?: { readonly [name: string]: unknown }
}

/** An assignment that something else made, to an experiment with external assignment. */
export interface OutsideExposure {
  experiment: string
  unit: string | number
  variant: string
  /** @default the phase that the ruleset names, else 1 */
  phase?: number
  /** @default 'user' */
  unitType?: string
  /** @default now */
  at?: Instant
  attributes?: { readonly [name: string]: unknown }
}

export interface Client {
  /** Waits for a first ruleset, at most `readyTimeoutMs`. Never rejects. */
  ready: () => Promise<Status>
  status: () => Status

  getBoolean: (flag: string, fallback: boolean, context?: Context) => boolean
  getString: (flag: string, fallback: string, context?: Context) => string
  getInteger: (flag: string, fallback: number, context?: Context) => number
  getFloat: (flag: string, fallback: number, context?: Context) => number
  getObject: <T extends object>(flag: string, fallback: T, context?: Context) => T

  getBooleanDetails: (flag: string, fallback: boolean, context?: Context) => Details<boolean>
  getStringDetails: (flag: string, fallback: string, context?: Context) => Details<string>
  getIntegerDetails: (flag: string, fallback: number, context?: Context) => Details<number>
  getFloatDetails: (flag: string, fallback: number, context?: Context) => Details<number>
  getObjectDetails: <T extends object>(flag: string, fallback: T, context?: Context) => Details<T>

  /** Records that something happened to the units of the context. */
  track: (event: string, context: Context, options?: TrackOptions) => void
  /** Records an exposure of an experiment whose assignment is made outside Assay. */
  expose: (exposure: OutsideExposure) => void
  /** Records that a unit known by `anonymousId` is the user `userId`: later events count for the unit that was exposed first. */
  identify: (anonymousId: string, userId: string, options?: { at?: Instant }) => void

  /** Sends what waits, and resolves when it is stored, refused or given up. Waits at most `timeoutMs` (30 s; without limit with `backfill`). Never rejects. */
  flush: (options?: { timeoutMs?: number }) => Promise<QueueCounts>
  /** Stops following the ruleset, sends what waits within `closeTimeoutMs`, and ends all requests. Never rejects. */
  close: () => Promise<QueueCounts>
  /** Calls back with each new ruleset; returns a function that ends this. */
  onUpdate: (listener: (update: Update) => void) => () => void
  /** Items waiting, sent, rejected and dropped so far. */
  counts: () => QueueCounts
}

const EVALUATION_COUNTS_EVERY_MS = 60_000
const FLUSH_TIMEOUT_MS = 30_000
const LONGEST_UNIT = 500
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
  const clock = createClock(settings.now)
  /** Ends following the ruleset; `all` ends every request. */
  const following = new AbortController()
  const all = new AbortController()
  const request = createRequest(settings, clock)
  const held = createHeldRuleset(settings)
  const queue = createEventQueue(settings, request, clock, all.signal)
  const recent = createRecentlyExposed(clock.now)
  const evaluated = createEvaluationCounts()
  const file = createLastGoodFile(settings)
  const isPublic = publicAttributes(settings.privateAttributes)
  let hasContact = false
  let closing: Promise<QueueCounts> | undefined
  let settleReady: () => void = () => undefined
  const settled = new Promise<void>((resolve) => { settleReady = resolve })

  void begin()

  async function begin(): Promise<void> {
    if (settings.bootstrap !== undefined) held.offer(settings.bootstrap)
    const kept = await file.read()
    if (kept !== undefined) held.offer(kept)
    held.onUpdate((_, text) => { file.write(text) })
    if (settings.offline) {
      settleReady()
      return
    }
    acknowledgeRulesets(settings, request, clock, held, following.signal)
    void reportEvaluations()
    await followRulesets(settings, request, clock, held, {
      onContact() {
        hasContact = true
        settleReady()
      },
      onStale() { hasContact = false },
      onRefused: () => { settleReady() },
    }, following.signal)
  }

  async function reportEvaluations(): Promise<void> {
    while (!following.signal.aborted) {
      await delay(timers, EVALUATION_COUNTS_EVERY_MS, following.signal)
      if (!following.signal.aborted) addEvaluationCounts()
    }
  }

  function addEvaluationCounts(): void {
    for (const { flag, variant, count } of evaluated.take()) queue.add({ kind: 'evaluations', ...stamp(undefined), flag, variant, count })
  }

  function status(): Status {
    if (closing) return 'closed'
    return held.current() === undefined ? 'defaults' : hasContact ? 'ready' : 'stale'
  }

  /** Fixed when an item is queued: every retry sends the same. An unusable time is replaced by now. */
  function stamp(at: Instant | undefined): { id: string; at: string } {
    const now = clock.now()
    const time = at === undefined ? now : new Date(at).getTime()
    if (Number.isNaN(time)) warn(`${String(at)} is not a time: the item counts as of now.`)
    return { id: uuidv7(clock.system()), at: new Date(Number.isNaN(time) ? now : time).toISOString() }
  }

  function details<T>(flagKey: string, type: FlagType, fallback: T, context: Context): Details<T> {
    try {
      const compiled = closing ? undefined : held.current()
      if (!compiled) return notReady(flagKey, fallback)
      const evaluation = evaluateTyped(compiled, flagKey, type, context)
      note(compiled, evaluation, context)
      const { epoch, version } = compiled.ruleset
      // The type of the value is the flag's type, which was checked against the wanted one.
      return { ...evaluation, value: evaluation.value === undefined ? fallback : (evaluation.value as T), epoch, version }
    } catch (error) {
      warn(`The flag ${String(flagKey)} could not be evaluated: ${String(error)}`)
      return failed(String(flagKey), fallback, 'GENERAL', 'The evaluation failed.')
    }
  }

  function notReady<T>(flagKey: string, fallback: T): Details<T> {
    return failed(flagKey, fallback, 'PROVIDER_NOT_READY', closing ? 'The client is closed.' : 'No ruleset has arrived yet.')
  }

  /** Counts an evaluation and queues what it exposes. */
  function note(compiled: CompiledRuleset, evaluation: Evaluation, context: Context): void {
    if (settings.offline) return
    if (evaluation.errorCode !== 'FLAG_NOT_FOUND') evaluated.add(evaluation.flagKey, evaluation.variant ?? '')
    if (evaluation.errorCode !== undefined) return
    for (const exposure of exposures(compiled, evaluation, context, isExposable)) addExposure(exposure)
  }

  function isExposable(exposure: ExposureIdentity): boolean {
    return exposure.unit.length <= LONGEST_UNIT && recent.isNew(exposure)
  }

  function addExposure(exposure: Exposure): void {
    if (!queue.add({ kind: 'exposure', ...stamp(undefined), ...exposure, attributes: isPublic(exposure.attributes) })) recent.forget(exposure)
  }

  function expose({ experiment, unit, variant, phase, unitType = 'user', at, attributes }: OutsideExposure): void {
    const identity = { experiment, phase: phase ?? phaseOf(experiment), unitType, unit: String(unit), variant }
    // With a time of its own it may be an earlier exposure than the one already recorded.
    if (at === undefined && !recent.isNew(identity)) return
    const known = attributes === undefined ? {} : { attributes: isPublic(attributes) }
    if (!queue.add({ kind: 'exposure', ...stamp(at), ...identity, ...known })) recent.forget(identity)
  }

  function phaseOf(experiment: string): number {
    const flags = held.current()?.ruleset.flags ?? []
    const serves = flags.flatMap((flag) => [...(flag.rules ?? []).map((rule) => rule.serve), flag.fallthrough])
    return Math.max(1, ...serves.map((serve) => (serve && 'experiment' in serve && serve.experiment === experiment ? (serve.phase ?? 1) : 1)))
  }

  function track(event: string, context: Context, { value, at, properties }: TrackOptions = {}): void {
    const units = trackedUnits(held.current(), settings.unitTypes, context, LONGEST_UNIT)
    if (Object.keys(units).length === 0) {
      warn(`The event ${event} was not recorded: its context has no unit, such as targetingKey.`)
      return
    }
    if (value !== undefined && !Number.isFinite(value)) warn(`The value of the event ${event} is not a number: it is left out.`)
    const number = Number.isFinite(value) ? { value } : {}
    queue.add({ kind: 'event', ...stamp(at), name: event, units, ...number, ...(properties === undefined ? {} : { properties }) })
  }

  /** What records something: without effect offline, and never throwing. */
  function quietly<A extends unknown[]>(record: (...args: A) => void): (...args: A) => void {
    return (...args) => {
      if (settings.offline) return
      try {
        record(...args)
      } catch (error) {
        warn(`Something could not be recorded: ${String(error)}`)
      }
    }
  }

  async function flush({ timeoutMs }: { timeoutMs?: number } = {}): Promise<QueueCounts> {
    addEvaluationCounts()
    await within(queue.flush(), timeoutMs ?? (settings.backfill ? undefined : FLUSH_TIMEOUT_MS))
    return queue.counts()
  }

  async function close(): Promise<QueueCounts> {
    following.abort()
    settleReady()
    addEvaluationCounts()
    await within(queue.flush(), settings.closeTimeoutMs)
    all.abort()
    queue.close()
    await file.settled()
    return queue.counts()
  }

  async function within(work: Promise<void>, ms: number | undefined): Promise<void> {
    if (ms === undefined) return work
    const over = new AbortController()
    await Promise.race([work, delay(timers, ms, over.signal)])
    over.abort()
  }

  async function ready(): Promise<Status> {
    await within(settled, settings.readyTimeoutMs)
    return status()
  }

  function getter<T>(type: FlagType) {
    return (flag: string, fallback: T, context: Context = EMPTY) => details(flag, type, fallback, context)
  }
  const boolean = getter<boolean>('boolean')
  const string = getter<string>('string')
  const integer = getter<number>('integer')
  const float = getter<number>('float')
  const object = <T extends object>(flag: string, fallback: T, context: Context = EMPTY) => details(flag, 'object', fallback, context)

  return {
    ready: () => keepAliveDuring(ready()),
    status,
    getBoolean: (flag, fallback, context) => boolean(flag, fallback, context).value,
    getString: (flag, fallback, context) => string(flag, fallback, context).value,
    getInteger: (flag, fallback, context) => integer(flag, fallback, context).value,
    getFloat: (flag, fallback, context) => float(flag, fallback, context).value,
    getObject: (flag, fallback, context) => object(flag, fallback, context).value,
    getBooleanDetails: boolean,
    getStringDetails: string,
    getIntegerDetails: integer,
    getFloatDetails: float,
    getObjectDetails: object,
    track: quietly(track),
    expose: quietly(expose),
    identify: quietly((anonymousId, userId, { at } = {}) => { queue.add({ kind: 'link', ...stamp(at), anonymousId: String(anonymousId), userId: String(userId) }) }),
    flush: (flushOptions) => keepAliveDuring(flush(flushOptions)),
    close: () => (closing ??= keepAliveDuring(close())),
    onUpdate: (listener) => held.onUpdate((update) => { listener(update) }),
    counts: queue.counts,
  }
}

function failed<T>(flagKey: string, value: T, errorCode: ErrorCode, errorMessage: string): Details<T> {
  return { flagKey, value, reason: 'ERROR', errorCode, errorMessage }
}

