import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { ClickHouseClient } from './platform/clickhouse.ts'
import type { Measures } from './platform/measures.ts'
import type { Database, Listen } from './platform/postgres.ts'

/**
 * What every feature builds on: the stores, the clock and the log. A service that is itself a member of `Deps`
 * (`createX(base)`) takes this, so that nothing imports `deps.ts` in a circle.
 */
export interface Base {
  config: Config
  log: Logger
  now(): Date
  db: Database
  /** Event store; its default database is `config.clickhouseDatabase`. */
  events: ClickHouseClient
  /** Runs the handler for every NOTIFY on a channel, on both PostgreSQL and PGlite. */
  listen: Listen
  installation: {
    /** Identity of this installation's history, sent with every ruleset. */
    epoch(): string
  }
  /** What `/metrics` reports. */
  measures: Measures
}
