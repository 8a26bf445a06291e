import type { Ruleset } from '../core/index.ts'
import type { Fetch } from './fetch.ts'
import { nodeFetch } from './node-fetch.ts'
import { textOf } from './text-of.ts'
import { nodeTimers, type Timers } from './timers.ts'

/** Where the client writes what its user should know, in sentences. The same one is written at most every ten minutes. */
export interface Logger {
  warn: (message: string) => void
}

export interface ClientOptions {
  /** Address of Assay, such as `https://assay.example.com`. */
  url: string
  /** A server key of the environment. Without one the callers' defaults are served, and a warning says so. */
  key: string | undefined
  /**
   * How long `ready()` waits for a first ruleset.
   * @default 3000
   */
  readyTimeoutMs?: number
  /**
   * Whether changes are pushed. Without it, or where streams do not get through, the client polls.
   * @default true
   */
  stream?: boolean
  /** @default 30000 */
  pollIntervalMs?: number
  /**
   * Makes no request at all: evaluates from `bootstrap` or `lastGoodFile`, keeps no events.
   * @default false
   */
  offline?: boolean
  /** A ruleset to start from until a newer one arrives, as object or JSON. */
  bootstrap?: Ruleset | string
  /** A file that keeps the newest ruleset across restarts. It is ignored if it is damaged or of another address or key. */
  lastGoodFile?: string
  /**
   * Exposures and events that wait to be sent; what exceeds this is dropped and counted.
   * @default 10000
   */
  maxQueueSize?: number
  /**
   * Items per request, at most 1000.
   * @default 100
   */
  batchSize?: number
  /**
   * How long items wait for a fuller batch.
   * @default 5000
   */
  flushIntervalMs?: number
  /**
   * Sends items as history: they may be of any age. `flush()` then waits without limit, so that nothing is lost.
   * @default false
   */
  backfill?: boolean
  /**
   * How long `close()` waits for waiting items to be sent.
   * @default 2000
   */
  closeTimeoutMs?: number
  /** Unit types that `track` reads from the context, besides `user` and those of the ruleset. */
  unitTypes?: readonly string[]
  /** Attributes, by dotted path, that never leave the process: rules see them, exposures and samples do not carry them. */
  privateAttributes?: readonly string[]
  /**
   * Whether a sample of contexts is sent, at most 20 a minute: it shows who is met, and whom a change would move.
   * @default true
   */
  sampleContexts?: boolean
  /** @default warnings to console.warn */
  logger?: Logger
  /** Replaces the HTTP client, such as `globalThis.fetch` behind a proxy. The default one never keeps the process alive. */
  fetch?: Fetch
  /** Milliseconds since 1970: the time exposures and events are stamped with. An own clock is not corrected by the server's. */
  now?: () => number
  /** Replaces `setTimeout` and `clearTimeout`, for tests. */
  timers?: Timers
  /** Numbers in [0, 1) for jitter. */
  random?: () => number
}

export interface Settings {
  url: string
  key: string
  readyTimeoutMs: number
  stream: boolean
  pollIntervalMs: number
  offline: boolean
  bootstrap: string | undefined
  lastGoodFile: string | undefined
  maxQueueSize: number
  batchSize: number
  flushIntervalMs: number
  backfill: boolean
  closeTimeoutMs: number
  unitTypes: readonly string[]
  privateAttributes: readonly string[]
  sampleContexts: boolean
  warn: (message: string) => void
  fetch: Fetch
  /** Given: the caller's clock. Absent: the system's, corrected by the server's. */
  now: (() => number) | undefined
  timers: Timers
  random: () => number
}

/** Longer waits are as good as none: `setTimeout` turns what exceeds 24.8 days into no wait at all. */
const DAY_MS = 86_400_000
const REPEAT_AFTER_MS = 600_000
const MOST_SENTENCES = 100

/** Fills in defaults. What is missing or unusable is replaced and said: a client never fails to be made. */
export function settingsFrom(given: ClientOptions): Settings {
  const options: Partial<ClientOptions> = typeof given === 'object' && given !== null ? given : {}
  const warn = warner(options.logger ?? { warn: toConsole })
  return {
    url: textFrom(options.url, 'url', options.offline, warn).replace(/\/+$/, ''),
    key: textFrom(options.key, 'key', options.offline, warn),
    readyTimeoutMs: numberFrom(options.readyTimeoutMs, 3000, 0, DAY_MS),
    stream: options.stream !== false,
    pollIntervalMs: numberFrom(options.pollIntervalMs, 30_000, 1000, DAY_MS),
    offline: options.offline === true,
    bootstrap: bootstrapFrom(options.bootstrap, warn),
    lastGoodFile: typeof options.lastGoodFile === 'string' ? options.lastGoodFile : undefined,
    maxQueueSize: numberFrom(options.maxQueueSize, 10_000, 1, Infinity),
    batchSize: Math.floor(numberFrom(options.batchSize, 100, 1, 1000)),
    flushIntervalMs: numberFrom(options.flushIntervalMs, 5000, 0, DAY_MS),
    backfill: options.backfill === true,
    closeTimeoutMs: numberFrom(options.closeTimeoutMs, 2000, 0, DAY_MS),
    unitTypes: textsFrom(options.unitTypes),
    privateAttributes: textsFrom(options.privateAttributes),
    sampleContexts: options.sampleContexts !== false,
    warn,
    fetch: options.fetch ?? nodeFetch(),
    now: options.now,
    timers: options.timers ?? nodeTimers,
    random: options.random ?? Math.random,
  }
}

function textFrom(value: unknown, name: 'url' | 'key', offline: boolean | undefined, warn: (message: string) => void): string {
  if (typeof value === 'string' && value !== '') return value
  if (offline !== true) warn(`The client was made without a ${name}: it serves the defaults of its callers.`)
  return ''
}

function numberFrom(value: unknown, fallback: number, least: number, most: number): number {
  return typeof value === 'number' && value >= least ? Math.min(value, most) : fallback
}

function textsFrom(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function bootstrapFrom(value: unknown, warn: (message: string) => void): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  try {
    return JSON.stringify(value)
  } catch (error) {
    warn(`The bootstrap ruleset could not be used: ${textOf(error)}`)
    return undefined
  }
}

/** Writes each sentence at most every ten minutes, not more than 100 of them, and survives a logger that throws. */
function warner(logger: Logger): (message: string) => void {
  const written = new Set<string>()
  let since = performance.now()
  return (message) => {
    if (performance.now() - since >= REPEAT_AFTER_MS) {
      written.clear()
      since = performance.now()
    }
    if (written.has(message) || written.size >= MOST_SENTENCES) return
    written.add(message)
    try {
      logger.warn(message)
    } catch {
      // The logger is the host's: its failure is not ours to raise.
    }
  }
}

function toConsole(message: string): void {
  // eslint-disable-next-line no-console -- the only place, and replaceable by `logger`
  console.warn(`[assay] ${message}`)
}
