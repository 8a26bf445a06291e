import type { Instant, Status, TrackOptions } from '../client/client-api.ts'
import type { Context, ErrorCode } from '../core/index.ts'
import type { BrowserClient, BrowserClientOptions, BrowserDetails, BrowserStorage, EvaluatedFlag } from './browser-api.ts'
import { createEventQueue } from './event-queue.ts'
import { createExposures } from './exposures.ts'
import { followChanges } from './follow-changes.ts'
import { hashOf } from './hash-of.ts'
import { createKeptValues } from './kept-values.ts'
import { isRefusal, pauseMs } from './pause-ms.ts'
import { unitsOf } from './units.ts'

const TIMEOUT_MS = 10_000
const STALE_AFTER_MS = 60_000
const COUNTS_EVERY_MS = 60_000
const CLOSE_TIMEOUT_MS = 2000
/** A page that is not looked at for this long lets go of its stream. */
const HIDDEN_MS = 120_000
/** Pages are told of a change together; each asks at a moment by chance within this. */
const NOTICE_JITTER_MS = 300

/** The values of one context. */
interface Held {
  /** The context as JSON, as it was sent. */
  asked: string
  context: Context
  flags: ReadonlyMap<string, EvaluatedFlag>
  etag: string
  /** Flags whose exposures are recorded. */
  noted: Set<string>
}

interface BulkAnswer {
  flags: EvaluatedFlag[]
  eventStreams?: { type: string; url?: string; endpoint?: { origin?: string; requestUri: string } }[]
}

/**
 * A client for the visitor of a page. It holds the values that Assay decided for the context, gives them out at once, and
 * records what is read and done. On a server, where there is no document, it makes no request: render there from `bootstrap`.
 *
 * @example
 * const assay = createBrowserClient({ url: 'https://assay.example.com', key: 'client-key', context: { targetingKey: user.id } })
 * await assay.ready()
 * if (assay.getBoolean('express-pay', false)) showExpressPay()
 * assay.track('order', { value: 49.9 })
 */
export function createBrowserClient(given: BrowserClientOptions): BrowserClient {
  // Callers without types may hand in nothing.
  const options: Partial<BrowserClientOptions> = given ?? {}
  const { stream: streams = true, pollIntervalMs = 60_000, readyTimeoutMs = 3000, flushIntervalMs = 2000, privateAttributes = [], logger = { warn: toConsole } } = options
  const url = String(options.url).replace(/\/+$/, '')
  const key = String(options.key)
  const environment = hashOf(url + key)
  const inPage = typeof document === 'object'
  const said = new Set<string>()
  const kept = createKeptValues(storage, environment)
  const queue = createEventQueue({ url, key, intervalMs: flushIntervalMs, now, warn, storage, storageKey: `assay:${environment}:events` })
  const note = createExposures(record, privateAttributes)
  const updateListeners = new Set<(changed: readonly string[]) => void>()
  const statusListeners = new Set<(status: Status) => void>()
  const counted = new Map<string, number>()
  let asked = textOf(options.context)
  let held: Held | undefined
  let streamUrl = ''
  let version = ''
  let problem: string | undefined
  let hasContact = false
  let isClosed = false
  let skewMs = 0
  let [failures, failingSince, notBefore, dueAt, attempts] = [0, 0, 0, 0, 0]
  let noticed = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined
  let request: AbortController | undefined
  let following: AbortController | undefined
  let latest = Promise.resolve()
  let closing: ReturnType<BrowserClient['close']> | undefined
  let settle: () => void = () => undefined
  const settled = new Promise<void>((resolve) => { settle = resolve })
  let lastStatus: Status = 'defaults'

  begin()

  function begin(): void {
    const last = kept.read(asked)
    const start = options.bootstrap?.flags ?? last?.flags
    if (start) hold(asked, copyOf(start), options.bootstrap ? '' : (last?.etag ?? ''))
    streamUrl = last?.stream ?? ''
    if (!inPage) return
    document.addEventListener('visibilitychange', look)
    addEventListener('pagehide', leave)
    latest = ask()
  }

  const countsTimer = inPage ? setInterval(report, COUNTS_EVERY_MS) : undefined

  function storage(): BrowserStorage | null {
    return options.storage === undefined ? localStorage : options.storage
  }

  function now(): number {
    return Date.now() + skewMs
  }

  function warn(message: string): void {
    if (said.has(message) || said.size > 99) return
    said.add(message)
    try {
      logger.warn(message)
    } catch {
      // The logger is the host's: its failure is not ours to raise.
    }
  }

  function tell<A>(listeners: ReadonlySet<(arg: A) => void>, arg: A): void {
    for (const listener of [...listeners]) {
      try {
        listener(arg)
      } catch {
        warn('A listener failed.')
      }
    }
  }

  function status(): Status {
    return isClosed ? 'closed' : held ? (hasContact ? 'ready' : 'stale') : 'defaults'
  }

  function tellStatus(): void {
    if (status() === lastStatus) return
    lastStatus = status()
    tell(statusListeners, lastStatus)
  }

  function textOf(context: Context | undefined): string {
    try {
      return JSON.stringify(context ?? {})
    } catch {
      warn('The context cannot be written as JSON: an empty one is used.')
      return '{}'
    }
  }

  /** Swaps the values in one step; one that did not change keeps its identity. */
  function hold(context: string, list: readonly EvaluatedFlag[], etag: string): void {
    const before = held?.flags
    const flags = new Map<string, EvaluatedFlag>()
    const changed = new Set(before?.keys())
    for (const flag of list) {
      const old = before?.get(flag.key)
      const isSame = old && JSON.stringify(old) === JSON.stringify(flag)
      flags.set(flag.key, isSame ? old : flag)
      if (isSame) changed.delete(flag.key)
      else changed.add(flag.key)
    }
    held = { asked: context, context: JSON.parse(context) as Context, flags, etag, noted: new Set() }
    settle()
    tellStatus()
    if (changed.size > 0) tell(updateListeners, [...changed])
  }

  /** Asks for the values of the present context. The last one to ask counts. Never rejects. */
  async function ask(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    request?.abort()
    const attempt = ++attempts
    const controller = (request = new AbortController())
    const limit = setTimeout(() => { controller.abort() }, TIMEOUT_MS)
    const context = asked
    const known = held?.asked === context ? held.etag : ''
    let response: Response | undefined
    try {
      response = await fetch(`${url}/ofrep/v1/evaluate/flags${noticed && `?flagConfigEtag=${encodeURIComponent(noticed)}`}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...(known ? { 'if-none-match': known } : {}) },
        body: `{"context":${context}}`,
        signal: controller.signal,
      })
      const body = await response.text()
      if (attempt !== attempts) return await superseded()
      skewMs = (Date.parse(response.headers.get('date') ?? '') || Date.now()) - Date.now()
      if (response.status === 200) accept(body, context, response.headers.get('etag') ?? '')
      else if (response.status !== 304 || held?.asked !== context) throw new Error(`Assay answered ${response.status}.`)
      version = response.headers.get('x-assay-version') ?? ''
      succeed()
    } catch (error) {
      if (attempt !== attempts) return await superseded()
      fail(response, error)
    } finally {
      clearTimeout(limit)
    }
  }

  function superseded(): Promise<void> | undefined {
    return isClosed ? undefined : latest
  }

  function accept(body: string, context: string, etag: string): void {
    const answer = frozen<BulkAnswer>(body)
    const flags = answer.flags.filter(({ key }) => key)
    const stream = answer.eventStreams?.find(({ type }) => type === 'sse')
    streamUrl = stream?.url ?? (stream?.endpoint ? (stream.endpoint.origin ?? url) + stream.endpoint.requestUri : '')
    hasContact = true
    hold(context, flags, etag)
    kept.write(context, { flags, etag, stream: streamUrl })
  }

  function succeed(): void {
    failures = failingSince = notBefore = 0
    noticed = ''
    problem = undefined
    hasContact = true
    settle()
    tellStatus()
    follow()
  }

  function fail(response: Response | undefined, error: unknown): void {
    const pause = pauseMs(response, ++failures)
    failingSince ||= Date.now()
    problem = response ? (response.ok ? 'Assay gave an answer that cannot be read.' : `Assay answered ${response.status}.`) : `Assay cannot be reached: ${String(error)}`
    warn(`${problem} The client keeps trying.`)
    if (isRefusal(response) || response?.headers.has('retry-after')) notBefore = Date.now() + pause
    if (isRefusal(response)) settle()
    if (isRefusal(response) || Date.now() - failingSince >= STALE_AFTER_MS) hasContact = false
    tellStatus()
    schedule(pause)
  }

  function schedule(ms: number): void {
    const due = Math.max(Date.now() + ms, notBefore)
    if (isClosed || (timer && dueAt <= due)) return
    clearTimeout(timer)
    dueAt = due
    timer = setTimeout(() => { latest = ask() }, due - Date.now())
  }

  function follow(): void {
    if (following || isClosed || document.visibilityState === 'hidden') return
    following = new AbortController()
    followChanges({ name: `assay:${environment}`, streams, pollIntervalMs, stream: () => ({ url: streamUrl, version }), onNotice: (etag) => {
      noticed = etag || noticed
      schedule(Math.random() * NOTICE_JITTER_MS)
    } }, following.signal)
  }

  function unfollow(): void {
    following?.abort()
    following = undefined
  }

  function look(): void {
    clearTimeout(hiddenTimer)
    if (document.visibilityState === 'hidden') {
      leave()
      hiddenTimer = setTimeout(unfollow, HIDDEN_MS)
    } else {
      follow()
      schedule(0)
    }
  }

  function leave(): void {
    report()
    queue.leave()
  }

  function report(): void {
    for (const [id, count] of counted) {
      const [flag, variant] = id.split('\n')
      record({ kind: 'evaluations', flag, variant, count })
    }
    counted.clear()
  }

  function record(item: object, at?: Instant): boolean {
    return !inPage || queue.add(item, at)
  }

  function read<T>(flagKey: string, fallback: T, fits: (value: unknown) => value is T): BrowserDetails<T> {
    const fault = (errorCode: ErrorCode, errorMessage: string): BrowserDetails<T> => ({ flagKey, value: fallback, reason: 'ERROR', errorCode, errorMessage })
    if (isClosed || !held) return fault('PROVIDER_NOT_READY', isClosed ? 'The client is closed.' : 'No values have arrived yet.')
    const flag = held.flags.get(flagKey)
    if (!flag) return fault('FLAG_NOT_FOUND', 'There is no such flag, or client keys may not see it.')
    const { key: name, value = fallback, errorCode, errorDetails = '', reason = 'UNKNOWN', ...rest } = flag
    const id = `${name}\n${rest.variant ?? ''}`
    counted.set(id, (counted.get(id) ?? 0) + 1)
    if (errorCode !== undefined) return fault(errorCode as ErrorCode, errorDetails)
    if (value !== fallback && !fits(value)) return fault('TYPE_MISMATCH', 'The flag is of another type.')
    try {
      if (!held.noted.has(name) && note(flag, held.context)) held.noted.add(name)
    } catch {
      warn('An exposure could not be recorded.')
    }
    return { flagKey, value: value as T, reason, ...rest }
  }

  function track(event: string, given?: TrackOptions): void {
    const { value, at, properties } = given ?? {}
    const types = [...(held?.flags.values() ?? [])].flatMap(({ metadata }) => (metadata?.unitType ? [String(metadata.unitType)] : []))
    const units = unitsOf(JSON.parse(asked) as Context, types)
    if (Object.keys(units).length > 0) record({ kind: 'event', name: event, units, value: Number.isFinite(value) ? value : undefined, properties }, at)
    else warn('An event was not recorded: the context has no unit, such as targetingKey.')
  }

  async function close(): ReturnType<BrowserClient['close']> {
    isClosed = true
    attempts++
    request?.abort()
    unfollow()
    clearTimeout(timer)
    clearTimeout(hiddenTimer)
    clearInterval(countsTimer)
    if (inPage) {
      document.removeEventListener('visibilitychange', look)
      removeEventListener('pagehide', leave)
    }
    settle()
    tellStatus()
    report()
    await Promise.race([queue.flush(), delay(CLOSE_TIMEOUT_MS)])
    queue.close()
    return queue.counts()
  }

  const object = <T extends object>(flag: string, fallback: T) => read(flag, fallback, isObject<T>)

  return {
    ready: () => Promise.race([settled, delay(readyTimeoutMs)]).then(status),
    status,
    problem: () => problem,
    context: () => JSON.parse(asked) as Context,
    setContext(context) {
      asked = textOf(context)
      hasContact = false
      tellStatus()
      if (inPage && !isClosed && notBefore <= Date.now()) latest = ask()
      return latest.then(status)
    },
    getBoolean: (flag, fallback) => read(flag, fallback, isBoolean).value,
    getString: (flag, fallback) => read(flag, fallback, isString).value,
    getInteger: (flag, fallback) => read(flag, fallback, isInteger).value,
    getFloat: (flag, fallback) => read(flag, fallback, isFloat).value,
    getObject: (flag, fallback) => object(flag, fallback).value,
    getBooleanDetails: (flag, fallback) => read(flag, fallback, isBoolean),
    getStringDetails: (flag, fallback) => read(flag, fallback, isString),
    getIntegerDetails: (flag, fallback) => read(flag, fallback, isInteger),
    getFloatDetails: (flag, fallback) => read(flag, fallback, isFloat),
    getObjectDetails: object,
    track,
    identify: (anonymousId, userId, given) => { record({ kind: 'link', anonymousId, userId }, given?.at) },
    flush: () => (report(), queue.flush().then(queue.counts)),
    close: () => (closing ??= close()),
    onUpdate: (listener) => subscribe(updateListeners, listener),
    onStatus: (listener) => subscribe(statusListeners, listener),
    counts: queue.counts,
  }
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}

/** Parsed, and frozen with all its parts: callers share the values. */
function frozen<T>(text: string): T {
  return JSON.parse(text, (_, value: unknown) => Object.freeze(value)) as T
}

function copyOf<T>(value: T): T {
  return frozen(JSON.stringify(value))
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms) })
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
const isString = (value: unknown): value is string => typeof value === 'string'
const isInteger = (value: unknown): value is number => Number.isSafeInteger(value)
const isFloat = (value: unknown): value is number => Number.isFinite(value)
const isObject = <T extends object>(value: unknown): value is T => typeof value === 'object' && !Array.isArray(value)

function toConsole(message: string): void {
  // eslint-disable-next-line no-console -- the only place, and replaceable by `logger`
  console.warn(`[assay] ${message}`)
}
