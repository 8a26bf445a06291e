import type { Ruleset } from '@assay/sdk/core'
import type { SeenBody } from '../contract/sdk-wire.ts'
import type { StreamTarget } from '../http/event-streams.ts'

/** A ruleset as it was committed: `body` is the exact text that is served, `sha256` its hash in hex. */
export interface PublishedRuleset {
  environmentId: string
  epoch: string
  version: number
  body: string
  sha256: string
}

export type Encoding = 'br' | 'gzip' | 'identity'

/** The newest ruleset of an environment, ready to send. */
export interface ServedRuleset {
  readonly environmentId: string
  readonly epoch: string
  readonly version: number
  /** `epoch:version`, which clients compare. */
  readonly id: string
  /** `snapshot` while it comes from disk because the database has not been reached since the start. */
  readonly source: 'database' | 'snapshot'
  /** Strong: differs per representation. */
  etag(encoding: Encoding): string
  /** Compressed once per version. */
  bytes(encoding: Encoding): Promise<Buffer>
  /** The server-sent event, one buffer for every stream. */
  frame(): Buffer
  /** Parsed once, when first asked for. */
  ruleset(): Ruleset
}

/** Holds the newest ruleset of every environment in memory and tells streams and subscribers of the next one. */
export interface RulesetServer {
  /** Loads from the database, or from the last good copy on disk while the database is away. */
  start(): Promise<void>
  /** Asks every stream to reconnect elsewhere and ends it. New streams are refused from here on; rulesets are still served. */
  stop(): Promise<void>
  /** `stop`, then releases timers and notifications and writes what is pending. */
  close(): Promise<void>
  /** Whether rulesets were loaded, from the database or from disk. */
  ready(): boolean
  draining(): boolean
  /** Compares with the database now, at most once a second: for a client that knows of a newer ruleset than this instance. */
  refresh(): Promise<void>
  /** Null for an environment without a ruleset. */
  current(environmentId: string): ServedRuleset | null
  /** Called with every newer ruleset of the environment. Returns the function that ends it. */
  subscribe(environmentId: string, listener: (ruleset: ServedRuleset) => void): () => void
  /** Serves rulesets that this instance has just committed, without waiting for a notification. */
  announce(published: readonly PublishedRuleset[]): void
  /** Sends the current ruleset, unless the client names it as the last it has seen, then every newer one. */
  stream(environmentId: string, lastEventId: string | undefined, target: StreamTarget): void
  /** An SDK's acknowledgement: stored with all others of the same second. */
  seen(environmentId: string, acknowledgement: SeenBody): void
}
