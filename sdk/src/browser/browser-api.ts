import type { Instant, Status, TrackOptions } from '../client/client-api.ts'
import type { QueueCounts } from '../client/event-queue.ts'
import type { Logger } from '../client/options.ts'
import type { Context, ErrorCode } from '../core/index.ts'
import type { FlagKey } from '../flags.ts'
import type { Bootstrap, EvaluatedFlag, FlagMetadata } from './evaluated-flag.ts'

/** A value with the reason why it was served. */
export interface BrowserDetails<T> {
  readonly flagKey: string
  readonly value: T
  /** OpenFeature's reason, such as `SPLIT`; `ERROR` with a code where the caller's default was served for a fault. */
  readonly reason: string
  readonly variant?: string
  readonly errorCode?: ErrorCode
  readonly errorMessage?: string
  readonly metadata?: FlagMetadata
}

/** What the client keeps values in: `localStorage` satisfies it. */
export interface BrowserStorage {
  getItem: (key: string) => string | null
  setItem: (key: string, value: string) => void
}

export interface BrowserClientOptions {
  /** Address of Assay, such as `https://assay.example.com`. */
  url: string
  /** A client key of the environment: it is public, and sees the values of client-visible flags only. */
  key: string
  /** Who looks at the page: `targetingKey` and attributes. It is sent to Assay, which decides. */
  context?: Context
  /** Values to start from until Assay answers, decided by the server that rendered the page for this same context. */
  bootstrap?: Bootstrap
  /**
   * Keeps the last good values for the next visit; `null` keeps none.
   * @default localStorage
   */
  storage?: BrowserStorage | null
  /**
   * Whether changes are pushed. Without it, or where streams do not get through, the client polls.
   * @default true
   */
  stream?: boolean
  /** @default 60000 */
  pollIntervalMs?: number
  /**
   * How long `ready()` waits for first values.
   * @default 3000
   */
  readyTimeoutMs?: number
  /**
   * How long exposures and events wait for a fuller batch.
   * @default 2000
   */
  flushIntervalMs?: number
  /** Attributes, by dotted path, that exposures do not carry. Assay sees them to decide, and does not keep them. */
  privateAttributes?: readonly string[]
  /** @default warnings to console.warn */
  logger?: Logger
}

/**
 * A client for one visitor of a page. It asks for values, holds them and gives them out at once; it never throws.
 * `status()`: `ready` has what Assay has for this context; `stale` has kept or bootstrapped values, those of the context
 * before, or has lost contact for a minute; `defaults` has none yet; `closed` gives the callers' defaults.
 */
export interface BrowserClient {
  /** Resolves as soon as there are values, Assay has refused, or `readyTimeoutMs` are over. Never rejects. */
  ready: () => Promise<Status>
  status: () => Status
  /** Why Assay's last answer could not be used, as a sentence; undefined once one could. */
  problem: () => string | undefined
  context: () => Context
  /**
   * Decides for another context from now on. The values held so far stay until the new ones arrive; of several calls the
   * last one counts. Resolves when its values are held, or could not be had. Never rejects.
   */
  setContext: (context: Context) => Promise<Status>
  /** Reading a value that comes from an experiment records the exposure, once per page. */
  getBoolean: (flag: FlagKey<'boolean'>, fallback: boolean) => boolean
  getString: (flag: FlagKey<'string'>, fallback: string) => string
  getInteger: (flag: FlagKey<'integer'>, fallback: number) => number
  getFloat: (flag: FlagKey<'float'>, fallback: number) => number
  getObject: <T extends object>(flag: FlagKey<'object'>, fallback: T) => T
  getBooleanDetails: (flag: FlagKey<'boolean'>, fallback: boolean) => BrowserDetails<boolean>
  getStringDetails: (flag: FlagKey<'string'>, fallback: string) => BrowserDetails<string>
  getIntegerDetails: (flag: FlagKey<'integer'>, fallback: number) => BrowserDetails<number>
  getFloatDetails: (flag: FlagKey<'float'>, fallback: number) => BrowserDetails<number>
  getObjectDetails: <T extends object>(flag: FlagKey<'object'>, fallback: T) => BrowserDetails<T>
  /**
   * What is held of a flag, the same object until it changes, without recording that it was read; undefined if there is no
   * such flag, and before the first values.
   */
  peek: (flag: string) => EvaluatedFlag | undefined
  /** Records that something happened to the units of the context. */
  track: (event: string, options?: TrackOptions) => void
  /** Records that a visitor known by `anonymousId` is the user `userId`: later events count for the unit that was exposed first. */
  identify: (anonymousId: string, userId: string, options?: { at?: Instant }) => void
  /** Sends what waits, and resolves when it is stored, refused or failed. Never rejects. */
  flush: () => Promise<QueueCounts>
  /** Sends what waits, ends all requests and gives the callers' defaults from then on. Never rejects. */
  close: () => Promise<QueueCounts>
  /** Calls back with the keys of the flags that changed; returns a function that ends this. */
  onUpdate: (listener: (changedFlags: readonly string[]) => void) => () => void
  /** Calls back when the status changes; returns a function that ends this. */
  onStatus: (listener: (status: Status) => void) => () => void
  /** Items waiting, sent, rejected and dropped so far. */
  counts: () => QueueCounts
}
