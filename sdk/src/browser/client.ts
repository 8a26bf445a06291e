import type { Instant, Status, TrackOptions } from '../client/client-api.ts'
import type { QueueCounts } from '../client/event-queue.ts'
import type { Context, ErrorCode } from '../core/index.ts'
import { createAttempts } from './attempts.ts'
import type { BrowserClient, BrowserClientOptions, BrowserDetails } from './browser-api.ts'
import type { EvaluatedFlag } from './evaluated-flag.ts'
import { createEventQueue } from './event-queue.ts'
import { createExposures } from './exposures.ts'
import { followChanges } from './follow-changes.ts'
import { gettersOf } from './getters.ts'
import { hashOf } from './hash-of.ts'
import { keptIn, sealed, unsealed } from './kept.ts'
import { unitsOf } from './units.ts'

type KeptValues = [etag: string, stream: string, flags: EvaluatedFlag[]]

interface BulkAnswer {
  flags: EvaluatedFlag[]
  eventStreams?: { type: string; url?: string; endpoint?: { requestUri: string } }[]
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
  const options = given ?? ({} as BrowserClientOptions)
  const { key, pollIntervalMs = 60_000, readyTimeoutMs = 3000, flushIntervalMs = 2000, logger = console } = options
  const url = String(options.url).replace(/\/+$/, '')
  const name = `assay:${hashOf(url + key)}:`
  const inPage = typeof document === 'object'
  const said = new Set<string>()
  const kept = keptIn(options, name)
  const queue = createEventQueue(`${url}/sdk/v1/events`, key, flushIntervalMs, now, warn, kept)
  const note = createExposures(record, options.privateAttributes ?? [])
  const [within, mustWait, succeeded, failed] = createAttempts(refresh)
  const listening = new AbortController()
  const updateListeners = new Set<(changed: readonly string[]) => void>()
  const statusListeners = new Set<(status: Status) => void>()
  const counted = new Map<string, number>()
  let asked = textOf(options.context)
  /** What is held, swapped in one step: the context that it was decided for, as it was asked and read back, its ETag and flags. */
  let heldFor = ''
  let held: Context | undefined
  let heldEtag = ''
  let flags = new Map<string, EvaluatedFlag>()
  let streamUrl = ''
  let version = ''
  let noticed = ''
  let problem: string | undefined
  let hasContact = false
  let isClosed = false
  let [skewMs, failingSince] = [0, 0]
  let request: AbortController | undefined
  let latest: Promise<void> | undefined
  let unfollow: (() => void) | undefined
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined
  let countsTimer: ReturnType<typeof setInterval> | undefined
  let settle: () => void = () => undefined
  const settled = new Promise<void>((resolve) => { settle = resolve })
  let lastStatus: Status = 'defaults'

  restore()
  if (inPage) {
    const { signal } = listening
    document.addEventListener('visibilitychange', look, { signal })
    addEventListener('pagehide', leave, { signal })
    countsTimer = setInterval(report, 60_000)
    void refresh()
  }

  function now(): number {
    return Date.now() + skewMs
  }

  function warn(message: string): void {
    if (said.has(message)) return
    said.add(message)
    try {
      logger.warn(`[assay] ${message}`)
    } catch {
      // The logger is the host's: its failure is not ours to raise.
    }
  }

  function tell<A>(listeners: ReadonlySet<(arg: A) => void>, arg: A): void {
    for (const listener of [...listeners]) {
      try {
        listener(arg)
      } catch (error) {
        warn(String(error))
      }
    }
  }

  function status(): Status {
    return isClosed ? 'closed' : held ? (hasContact ? 'ready' : 'stale') : 'defaults'
  }

  function tellStatus(): void {
    const before = lastStatus
    lastStatus = status()
    if (lastStatus !== before) tell(statusListeners, lastStatus)
  }

  function textOf(context: Context | undefined): string {
    try {
      return JSON.stringify(context ?? {})
    } catch {
      warn('Unusable context')
      return '{}'
    }
  }

  /** Values of the last visit, or of the server that rendered the page. */
  function restore(): void {
    try {
      const [etag = '', stream = '', list] = frozen<Partial<KeptValues>>(unsealed(asked, kept('values')))
      streamUrl = stream
      if (options.bootstrap) hold(asked, frozen(JSON.stringify(options.bootstrap.flags)), '')
      else if (list) hold(asked, list, etag)
    } catch {
      warn('Unusable bootstrap')
    }
  }

  /** Swaps the values in one step; one that did not change keeps its identity. */
  function hold(context: string, list: readonly EvaluatedFlag[], etag: string): void {
    const before = flags
    flags = new Map(list.map((flag) => {
      const old = before.get(flag.key)
      return [flag.key, old && JSON.stringify(old) === JSON.stringify(flag) ? old : flag]
    }))
    const changed = [...new Set([...before.keys(), ...flags.keys()])].filter((key) => before.get(key) !== flags.get(key))
    heldFor = context
    held = JSON.parse(context) as Context
    heldEtag = etag
    settle()
    if (changed.length > 0) tell(updateListeners, changed)
  }

  function refresh(): Promise<void> {
    return (latest = ask())
  }

  /** Asks for the values of the present context; the last one to ask counts. Never rejects. */
  async function ask(): Promise<void> {
    if (isClosed) return
    request?.abort()
    const controller = (request = new AbortController())
    const limit = setTimeout(() => { controller.abort() }, 10_000)
    const context = asked
    let response: Response | undefined
    try {
      response = await fetch(`${url}/ofrep/v1/evaluate/flags${noticed && `?flagConfigEtag=${encodeURIComponent(noticed)}`}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'if-none-match': heldFor === context ? heldEtag : '' },
        body: `{"context":${context}}`,
        signal: controller.signal,
      })
      const body = await response.text()
      const header = (name: string) => response?.headers.get(name) ?? ''
      if (request === controller && !isClosed) {
        skewMs = Date.parse(header('date')) - Date.now() || 0
        accept(response.status, body, context, header('etag'))
        version = header('x-assay-version')
      }
    } catch (error) {
      if (request === controller && !isClosed) fail(response, error)
    }
    clearTimeout(limit)
    // Whoever waits for this one waits for what it was replaced by.
    if (request !== controller) await latest
  }

  function accept(status: number, body: string, context: string, etag: string): void {
    // A 304 says that what is held is right, if it is of this context.
    if (status !== 304 || heldFor !== context) {
      const answer = frozen<BulkAnswer>(body)
      const stream = answer.eventStreams?.find(({ type }) => type === 'sse')
      if (status !== 200) throw new Error()
      streamUrl = stream?.url ?? (stream?.endpoint ? url + stream.endpoint.requestUri : '')
      hold(context, answer.flags, etag)
      kept('values', sealed(context, JSON.stringify([etag, streamUrl, answer.flags])))
    }
    succeeded()
    failingSince = 0
    noticed = ''
    problem = undefined
    hasContact = true
    tellStatus()
    follow()
  }

  function fail(response: Response | undefined, error: unknown): void {
    const isRefusal = failed(response)
    failingSince ||= Date.now()
    problem = response ? `${isRefusal ? 'Refused' : 'Unusable answer'}: ${response.status}` : String(error)
    warn(problem)
    if (isRefusal) settle()
    if (isRefusal || Date.now() - failingSince >= 60_000) hasContact = false
    tellStatus()
  }

  function follow(): void {
    if (document.hidden) return
    unfollow ??= followChanges(name, () => [options.stream === false ? '' : streamUrl, version, pollIntervalMs], (etag) => {
      noticed = etag || noticed
      // Pages are told of a change together; each asks at a moment by chance.
      within(Math.random() * 300)
    })
  }

  function letGo(): void {
    unfollow?.()
    unfollow = undefined
  }

  function look(): void {
    clearTimeout(hiddenTimer)
    if (document.hidden) {
      leave()
      // A page that is not looked at for this long lets go of its stream.
      hiddenTimer = setTimeout(letGo, 120_000)
    } else {
      within(0)
    }
  }

  function leave(): void {
    report()
    void queue.leave()
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

  function read<T>(flagKey: string, fallback: T, fits: (value: unknown) => boolean): BrowserDetails<T> {
    const fault = (errorCode: ErrorCode, errorMessage = ''): BrowserDetails<T> => ({ flagKey, value: fallback, reason: 'ERROR', errorCode, errorMessage })
    if (isClosed || !held) return fault('PROVIDER_NOT_READY')
    const flag = flags.get(flagKey)
    if (!flag) return fault('FLAG_NOT_FOUND')
    const { key: _, value = fallback, errorCode, errorDetails, ...rest } = flag
    const id = `${flagKey}\n${rest.variant ?? ''}`
    counted.set(id, (counted.get(id) ?? 0) + 1)
    if (errorCode) return fault(errorCode as ErrorCode, errorDetails)
    if (value !== fallback && !fits(value)) return fault('TYPE_MISMATCH')
    try {
      note(flag, held)
    } catch {
      // Metadata that cannot be read proves nothing.
    }
    // Checked above; what has no error has a reason.
    return { flagKey, ...rest, value } as BrowserDetails<T>
  }

  function track(event: string, given?: TrackOptions): void {
    const { value, at, properties } = given ?? {}
    const types = [...flags.values()].flatMap(({ metadata }) => (metadata?.unitType as string | undefined) ?? [])
    const units = unitsOf(context(), types)
    if (units) record({ kind: 'event', name: event, units, value: Number.isFinite(value) ? value : undefined, properties }, at)
    else warn('Events dropped: no unit')
  }

  function context(): Context {
    return JSON.parse(asked) as Context
  }

  async function close(): Promise<QueueCounts> {
    isClosed = true
    request?.abort()
    letGo()
    clearTimeout(hiddenTimer)
    clearInterval(countsTimer)
    listening.abort()
    settle()
    tellStatus()
    report()
    await Promise.race([queue.flush(), delay(2000)])
    return queue.close()
  }

  return {
    ready: () => Promise.race([settled, delay(readyTimeoutMs)]).then(status),
    status,
    problem: () => problem,
    context,
    async setContext(next) {
      asked = textOf(next)
      hasContact = false
      tellStatus()
      if (inPage && !mustWait()) void refresh()
      await latest
      return status()
    },
    ...gettersOf(read),
    peek: (flag) => (isClosed ? undefined : flags.get(flag)),
    track,
    identify: (anonymousId, userId, given) => { record({ kind: 'link', anonymousId, userId }, given?.at) },
    flush() {
      report()
      return queue.flush()
    },
    close,
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

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms) })
}
