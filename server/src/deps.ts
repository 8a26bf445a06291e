import type { Sessions } from './accounts/sessions.service.ts'
import type { Setup } from './accounts/setup.service.ts'
import type { Base } from './base.ts'
import type { Ingest } from './ingest/ingest.service.ts'
import type { Live } from './live/live.service.ts'
import type { Ofrep } from './ofrep/ofrep.service.ts'
import type { SdkKeyIndex } from './projects/keys.service.ts'
import type { RulesetServer } from './rulesets/ruleset-server.ts'

/**
 * What a request handler or job may use: the stores and the services that live as long as the process. One plain object,
 * assembled by `createDeps`. Services that are members are built from `Base` (base.ts); those that load, listen or queue
 * (`keys`, `rulesets`, `ingest`, `live`) have `start()`, resolved once they can serve, and `close()`, resolved once nothing is
 * left in flight.
 */
export interface Deps extends Base {
  sessions: Sessions
  setup: Setup
  /** Authenticates SDK keys from memory, so the SDK path needs no database. */
  keys: SdkKeyIndex
  rulesets: RulesetServer
  ingest: Ingest
  ofrep: Ofrep
  /** Tells open pages what changed. */
  live: Live
}
