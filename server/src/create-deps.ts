import { join } from 'node:path'
import type { Logger } from 'pino'
import { createSessions } from './accounts/sessions.service.ts'
import { createSetup } from './accounts/setup.service.ts'
import type { Base } from './base.ts'
import type { Config } from './config.ts'
import type { Deps } from './deps.ts'
import { createIngest } from './ingest/ingest.service.ts'
import { migrateEvents } from './ingest/schema.store.ts'
import { createLive } from './live/live.service.ts'
import { createOfrep } from './ofrep/ofrep.service.ts'
import { openEventStore } from './platform/clickhouse.ts'
import { lockDataDir } from './platform/data-dir-lock.ts'
import { createMeasures } from './platform/measures.ts'
import { openEmbeddedPostgres, openPostgres } from './platform/postgres.ts'
import { prepareControlStore } from './platform/prepare-control-store.ts'
import { createSdkKeyIndex } from './projects/keys.service.ts'
import { createRulesetServer } from './rulesets/ruleset-server.service.ts'

export interface Assembled {
  deps: Deps
  /** Flushes what is queued and closes the stores, in the order that loses nothing. */
  close(): Promise<void>
}

interface Options {
  /** Directory of chDB, which one process can have only one of. */
  eventsDirectory?: string
  now?: () => Date
}

/** Takes the data directory, opens and migrates both stores, and builds the services on them. What fails half-way is closed again. */
export async function createDeps(config: Config, log: Logger, options: Options = {}): Promise<Assembled> {
  const undo: (() => Promise<void>)[] = []
  const close = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step()
  }
  try {
    const lock = await lockDataDir(config.dataDir)
    undo.push(() => lock.release())

    const control = config.databaseUrl === null ? await openEmbeddedPostgres(join(config.dataDir, 'postgres')) : await openPostgres(config.databaseUrl)
    undo.push(() => control.close())
    const prepared = await prepareControlStore(control, log)
    undo.push(async () => { prepared.close() })

    const events = await openEventStore({
      url: config.clickhouseUrl,
      directory: options.eventsDirectory ?? join(config.dataDir, 'clickhouse'),
      database: config.clickhouseDatabase,
      prepare: migrateEvents,
      log,
    })
    undo.push(() => events.close())

    const base: Base = {
      config,
      log,
      now: options.now ?? (() => new Date()),
      db: control.db,
      events: events.client,
      listen: control.listen,
      installation: { epoch: prepared.epoch },
      measures: createMeasures(),
    }
    const keys = createSdkKeyIndex(base)
    const rulesets = createRulesetServer(base)
    const ingest = createIngest(base)
    const ofrep = createOfrep({ ...base, rulesets, keys, ingest })
    const live = createLive(base)
    undo.push(() => rulesets.close(), () => keys.close(), () => ingest.close(), () => ofrep.close(), () => live.close())
    await Promise.all([keys.start(), rulesets.start(), ingest.start(), live.start()])
    const deps: Deps = { ...base, sessions: createSessions(base), setup: createSetup(base), keys, rulesets, ingest, ofrep, live }
    return { deps, close }
  } catch (error) {
    await close()
    throw error
  }
}
