import type { Ruleset } from '@assay/sdk/core'

/** A ruleset as it was committed: `body` is the exact text that is served, `sha256` its hash in hex. */
export interface PublishedRuleset {
  environmentId: string
  epoch: string
  version: number
  body: string
  sha256: string
}

export const encodings = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof encodings)[number]

/** The newest ruleset of an environment, ready to send. */
export interface ServedRuleset {
  readonly environmentId: string
  readonly epoch: string
  readonly version: number
  /** `snapshot` while it came from disk because the database was away at the start. */
  readonly source: 'database' | 'snapshot'
  /** Strong: differs per representation. */
  etag(encoding: Encoding): string
  /** Compressed once per version, when it is adopted. */
  bytes(encoding: Encoding): Promise<Buffer>
  /** The SSE frame, shared by every stream. */
  readonly frame: Buffer
  /** Parsed once, when first asked for. */
  ruleset(): Ruleset
}

/** Holds the newest ruleset of every environment in memory and tells subscribers of the next one. */
export interface RulesetServer {
  /** Loads from the database, or from the last good copy on disk while the database is away. */
  start(): Promise<void>
  /** Asks every stream to reconnect elsewhere and ends it; new streams are refused from here on. */
  stop(): Promise<void>
  /** `stop`, and releases timers, notifications and pending writes. */
  close(): Promise<void>
  /** Every environment known is in memory. */
  ready(): boolean
  draining(): boolean
  /** Null for an environment without a ruleset. */
  current(environmentId: string): ServedRuleset | null
  /** Called with every newer ruleset of the environment. Returns the function that ends it. */
  subscribe(environmentId: string, listener: (ruleset: ServedRuleset) => void): () => void
  /** Serves rulesets that this instance has just committed, without waiting for a notification. */
  announce(published: readonly PublishedRuleset[]): void
  /** Runs one reconciliation with the database now. */
  reconcile(): Promise<void>
}
