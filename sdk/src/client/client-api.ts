import type { Bootstrap } from '../browser/evaluated-flag.ts'
import type { Context, Evaluation, Ruleset } from '../core/index.ts'
import type { FlagKey } from '../flags.ts'
import type { QueueCounts } from './event-queue.ts'
import type { Update } from './held-ruleset.ts'

/**
 * `ready`: evaluates from what the server has. `stale`: from a kept or bootstrapped ruleset, or a minute after
 * contact was lost. `defaults`: no ruleset yet, the caller's defaults are served. `closed`: defaults again.
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
  /** Why the server refuses this client, as a sentence; undefined while it does not. */
  problem: () => string | undefined
  /** The ruleset in use, which must not be changed; undefined before the first. */
  ruleset: () => Ruleset | undefined

  getBoolean: (flag: FlagKey<'boolean'>, fallback: boolean, context?: Context) => boolean
  getString: (flag: FlagKey<'string'>, fallback: string, context?: Context) => string
  getInteger: (flag: FlagKey<'integer'>, fallback: number, context?: Context) => number
  getFloat: (flag: FlagKey<'float'>, fallback: number, context?: Context) => number
  getObject: <T extends object>(flag: FlagKey<'object'>, fallback: T, context?: Context) => T

  getBooleanDetails: (flag: FlagKey<'boolean'>, fallback: boolean, context?: Context) => Details<boolean>
  getStringDetails: (flag: FlagKey<'string'>, fallback: string, context?: Context) => Details<string>
  getIntegerDetails: (flag: FlagKey<'integer'>, fallback: number, context?: Context) => Details<number>
  getFloatDetails: (flag: FlagKey<'float'>, fallback: number, context?: Context) => Details<number>
  getObjectDetails: <T extends object>(flag: FlagKey<'object'>, fallback: T, context?: Context) => Details<T>

  /** Values for a page that you render, which a browser client starts from: the flags that client keys may see. Records nothing. */
  bootstrap: (context: Context) => Bootstrap

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
  onUpdate: (listener: (update: Update) => void | Promise<void>) => () => void
  /** Calls back when the status changes, with the time since the server last confirmed what is held, if it ever did; returns a function that ends this. */
  onStatus: (listener: (status: Status, ageMs?: number) => void | Promise<void>) => () => void
  /** Items waiting, sent, rejected and dropped so far. */
  counts: () => QueueCounts
}
