import type { BrowserClient } from '../browser/browser-api.ts'
import type { EvaluatedFlag } from '../browser/evaluated-flag.ts'
import type { Client, Details, Instant, OutsideExposure, Status, TrackOptions } from '../client/client-api.ts'
import type { QueueCounts } from '../client/event-queue.ts'
import type { Update } from '../client/held-ruleset.ts'
import { unitOf, type Context, type ErrorCode, type FlagType, type Json } from '../core/index.ts'
import type { FlagKey } from '../flags.ts'
import { createTestFlags, type Override, type TestFlags } from './test-flags.ts'

export interface TestClientOptions {
  flags?: TestFlags
  /** The context of the `browser` view. */
  context?: Context
  /**
   * `defaults` for what your code does before there are values.
   * @default 'ready'
   */
  status?: Status
}

/** An exposure, as recorded by reading a flag or by `expose`. */
export interface RecordedExposure {
  flag?: string
  experiment: string
  unit: string
  variant: string
}

export interface RecordedEvent extends TrackOptions {
  event: string
  context: Context
}

export interface TestClient extends Client {
  /** The same flags and records, as the client of a page: for `AssayProvider`, and for code that takes a `BrowserClient`. */
  readonly browser: BrowserClient
  /** Gives a flag a value, also one that it did not have, and tells the listeners. */
  set: (flag: FlagKey<FlagType>, value: Json) => void
  /** Gives a flag another value, for some contexts or as the arm of an experiment. The newest that holds wins. Returns a function that takes it back. */
  override: (flag: FlagKey<FlagType>, value: Json, options?: Override) => () => void
  /** From now on there is no such flag. */
  remove: (flag: FlagKey<FlagType>) => void
  setStatus: (status: Status) => void
  /** The flags, the context and the status as at first, and nothing recorded. Listeners stay. */
  reset: () => void
  readonly exposures: readonly RecordedExposure[]
  readonly events: readonly RecordedEvent[]
  readonly links: readonly { anonymousId: string; userId: string }[]
}

/**
 * A client in memory, for tests of code that uses flags: no server, no timers, and everything that is recorded at hand.
 *
 * @example
 * const assay = createTestClient({ flags: { 'express-pay': false } })
 * assay.override('express-pay', true, { when: ({ country }) => country === 'DE' })
 * checkOut(assay, { targetingKey: 'u', country: 'DE' })
 * expect(assay.events).toMatchObject([{ event: 'order', value: 49.9 }])
 */
export function createTestClient({ flags: given = {}, context = {}, status: first = 'ready' }: TestClientOptions = {}): TestClient {
  const flags = createTestFlags(given)
  const exposures: RecordedExposure[] = []
  const events: RecordedEvent[] = []
  const links: { anonymousId: string; userId: string }[] = []
  const updateListeners = new Set<(changed: readonly string[]) => void>()
  const statusListeners = new Set<(status: Status) => unknown>()
  let status = first
  let pageContext = context
  let version = 1
  /** What `peek` gave last, by flag: the same object until the flag changes. */
  const peeked = new Map<string, EvaluatedFlag>()

  function change<R>(flag: string, run: () => R): R {
    const result = run()
    tellChanged([flag])
    return result
  }

  function tellChanged(changed: readonly string[]): void {
    version++
    for (const listener of [...updateListeners]) listener(changed)
  }

  function setStatus(next: Status): void {
    if (status === next) return
    status = next
    for (const listener of [...statusListeners]) listener(next)
  }

  function details<T>(flagKey: string, fallback: T, type: FlagType, context: Context): Details<T> {
    const fault = (errorCode: ErrorCode, errorMessage: string): Details<T> => ({ flagKey, value: fallback, reason: 'ERROR', errorCode, errorMessage })
    if (status === 'defaults' || status === 'closed') return fault('PROVIDER_NOT_READY', `The test client has the status ${status}.`)
    const found = flags.find(flagKey, context)
    if (!found) return fault('FLAG_NOT_FOUND', `The test gave no flag ${flagKey}.`)
    const { value, variant, reason, experiment } = found
    if (!fits[type](value)) return fault('TYPE_MISMATCH', `The test gave ${flagKey} the value ${JSON.stringify(value)}; it was asked for as ${type}.`)
    const unit = unitOf(context, 'user')
    if (experiment !== undefined && unit !== undefined) addExposure({ flag: flagKey, experiment, unit, variant })
    const more = experiment === undefined ? {} : { experiment, phase: 1, unitType: 'user' }
    // The value was checked against the type that the getter stands for.
    return { flagKey, value: value as T, variant, reason, ...more }
  }

  function addExposure(exposure: RecordedExposure): void {
    if (!exposures.some((each) => JSON.stringify(each) === JSON.stringify(exposure))) exposures.push(exposure)
  }

  function getters(contextOf: (given?: Context) => Context) {
    const asked = <T>(type: FlagType) => (flag: string, fallback: T, given?: Context) => details(flag, fallback, type, contextOf(given))
    const [boolean, string, integer, float] = [asked<boolean>('boolean'), asked<string>('string'), asked<number>('integer'), asked<number>('float')]
    const object = <T extends object>(flag: string, fallback: T, given?: Context) => details(flag, fallback, 'object', contextOf(given))
    return {
      getBooleanDetails: boolean,
      getStringDetails: string,
      getIntegerDetails: integer,
      getFloatDetails: float,
      getObjectDetails: object,
      getBoolean: (flag: string, fallback: boolean, given?: Context) => boolean(flag, fallback, given).value,
      getString: (flag: string, fallback: string, given?: Context) => string(flag, fallback, given).value,
      getInteger: (flag: string, fallback: number, given?: Context) => integer(flag, fallback, given).value,
      getFloat: (flag: string, fallback: number, given?: Context) => float(flag, fallback, given).value,
      getObject: <T extends object>(flag: string, fallback: T, given?: Context) => object(flag, fallback, given).value,
    }
  }

  function peek(key: string): EvaluatedFlag | undefined {
    const found = status === 'defaults' || status === 'closed' ? undefined : flags.find(key, pageContext)
    if (!found) return undefined
    const { value, variant, reason, experiment } = found
    const next: EvaluatedFlag = { key, value, variant, reason, ...(experiment === undefined ? {} : { metadata: { experiment, phase: '1', unitType: 'user' } }) }
    const last = peeked.get(key)
    if (last && JSON.stringify(last) === JSON.stringify(next)) return last
    peeked.set(key, next)
    return next
  }

  function track(event: string, context: Context, options: TrackOptions = {}): void {
    events.push({ event, context, ...options })
  }

  function identify(anonymousId: string, userId: string, _options?: { at?: Instant }): void {
    links.push({ anonymousId, userId })
  }

  function counts(): QueueCounts {
    return { queued: 0, sent: exposures.length + events.length + links.length, rejected: 0, dropped: {} }
  }

  async function close(): Promise<QueueCounts> {
    setStatus('closed')
    return counts()
  }

  function subscribe<L>(listeners: Set<L>, listener: L): () => void {
    listeners.add(listener)
    return () => { listeners.delete(listener) }
  }

  const shared = {
    ready: async () => status,
    status: () => status,
    problem: () => undefined,
    identify,
    flush: async () => counts(),
    close,
    counts,
    onStatus: (listener: (status: Status) => unknown) => subscribe(statusListeners, listener),
  }

  const browser: BrowserClient = {
    ...shared,
    ...getters(() => pageContext),
    peek,
    context: () => pageContext,
    async setContext(next) {
      pageContext = next
      tellChanged(flags.keys())
      return status
    },
    track: (event, options) => { track(event, pageContext, options) },
    onUpdate: (listener) => subscribe(updateListeners, listener),
  }

  return {
    ...shared,
    ...getters((given = {}) => given),
    browser,
    ruleset: () => undefined,
    bootstrap: (context) => ({ flags: flags.keys().flatMap((key) => { const found = flags.find(key, context); return found ? [{ key, value: found.value, variant: found.variant, reason: found.reason }] : [] }) }),
    track,
    expose: ({ experiment, unit, variant }: OutsideExposure) => { addExposure({ experiment, unit: String(unit), variant }) },
    onUpdate: (listener: (update: Update) => unknown) => subscribe(updateListeners, () => listener({ project: 'test', environment: 'test', epoch: 'test', version })),
    set: (flag, value) => { change(flag, () => { flags.set(flag, value) }) },
    override(flag, value, options = {}) {
      const takeBack = change(flag, () => flags.override(flag, value, options))
      return () => { change(flag, takeBack) }
    },
    remove: (flag) => { change(flag, () => { flags.remove(flag) }) },
    setStatus,
    reset() {
      const before = flags.keys()
      flags.reset()
      for (const list of [exposures, events, links]) list.length = 0
      pageContext = context
      setStatus(first)
      tellChanged([...new Set([...before, ...flags.keys()])])
    },
    exposures,
    events,
    links,
  }
}

const fits: Record<FlagType, (value: Json) => boolean> = {
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  integer: Number.isSafeInteger,
  float: Number.isFinite,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
}
