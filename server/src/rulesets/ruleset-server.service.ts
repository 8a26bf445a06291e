import { join } from 'node:path'
import { compareIdentity } from '@assay/sdk/core'
import type { Base } from '../base.ts'
import { AppError } from '../http/app-error.ts'
import { commitChange } from './commit-change.service.ts'
import { createLastGoodStore } from './last-good.store.ts'
import type { PublishedRuleset, RulesetServer, ServedRuleset } from './ruleset-server.ts'
import { createRulesetStreams } from './ruleset-streams.ts'
import { createRulesetsStore, RULESET_CHANNEL } from './rulesets.store.ts'
import { createSeen } from './seen.service.ts'
import { serveRuleset } from './serve-ruleset.ts'

export interface RulesetServerTimes {
  /** How often the versions in the database are compared with those in memory. */
  reconcileMs: number
  heartbeatMs: number
  stalledMs: number
  maxAgeMs: number
}

const defaultTimes: RulesetServerTimes = { reconcileMs: 5_000, heartbeatMs: 15_000, stalledMs: 60_000, maxAgeMs: 30 * 60_000 }

/** Clients may ask for a comparison with the database; together they get one a second. */
const REFRESH_EVERY_MS = 1_000

type Needs = Pick<Base, 'config' | 'db' | 'installation' | 'listen' | 'log' | 'measures' | 'now'>

/**
 * Serves the newest ruleset of every environment from memory. It learns of a new one by its own commits, by
 * notification, and in any case by reconciliation; while the database is away it goes on serving, also after a
 * restart, from the last good copy on disk.
 */
export function createRulesetServer(base: Needs, times: Partial<RulesetServerTimes> = {}): RulesetServer {
  const { reconcileMs, heartbeatMs, stalledMs, maxAgeMs } = { ...defaultTimes, ...times }
  const { log } = base
  const store = createRulesetsStore(base.db)
  const lastGood = createLastGoodStore(join(base.config.dataDir, 'last-good'), log)
  const streams = createRulesetStreams(() => performance.now(), Math.random, { stalledMs, maxAgeMs })
  const seen = createSeen(base)
  const served = new Map<string, ServedRuleset>()
  const listeners = new Map<string, Set<(ruleset: ServedRuleset) => void>>()
  const fetching = new Map<string, { wanted: number }>()
  let unlisten: (() => Promise<void>) | null = null
  let reconcileTimer: NodeJS.Timeout | undefined
  let heartbeatTimer: NodeJS.Timeout | undefined
  let reconciling: Promise<void> | null = null
  let reconciledAt = Number.NEGATIVE_INFINITY
  let databaseAway = false
  let loaded = false
  let renewed = false
  let draining = false
  let closed = false

  base.measures.gauge('assay_ruleset_streams', 'Open ruleset streams.', streams.count)
  base.measures.gauge('assay_ruleset_database_away', '1 while rulesets are served without the database.', () => (databaseAway ? 1 : 0))

  function adopt(published: PublishedRuleset, source: ServedRuleset['source']): void {
    const held = served.get(published.environmentId)
    // What the database says replaces what came from disk; of two that committed, the newer one stays.
    if (held?.source === 'database' && compareIdentity(published, held) <= 0) return
    const next = serveRuleset(published, source)
    served.set(published.environmentId, next)
    if (source === 'database') lastGood.save(published)
    if (held?.id === next.id) return
    for (const encoding of ['br', 'gzip'] as const) next.bytes(encoding).catch((error: unknown) => { log.error({ err: error }, 'could not compress a ruleset') })
    streams.broadcast(next)
    for (const listener of listeners.get(published.environmentId) ?? []) listener(next)
  }

  /** Reads one version; notifications that arrive meanwhile lead to one more read, of the newest. */
  async function fetchVersion(environmentId: string, version: number): Promise<void> {
    const running = fetching.get(environmentId)
    if (running) {
      running.wanted = Math.max(running.wanted, version)
      return
    }
    const job = { wanted: version }
    fetching.set(environmentId, job)
    try {
      for (let read = 0; read < job.wanted;) {
        read = job.wanted
        const published = await store.find(environmentId, read)
        if (published) adopt(published, 'database')
      }
    } finally {
      fetching.delete(environmentId)
    }
  }

  function notified(payload: string): void {
    const [environmentId = '', version = ''] = payload.split(':')
    const held = served.get(environmentId)
    if (held?.source === 'database' && held.version >= Number(version)) return
    fetchVersion(environmentId, Number(version)).catch((error: unknown) => { log.warn({ err: error }, 'could not read a notified ruleset') })
  }

  async function compareVersions(): Promise<void> {
    const before = [...served.keys()]
    const versions = await store.versions()
    for (const { environmentId, epoch, version } of versions) {
      if (epoch === '') continue
      const held = served.get(environmentId)
      if (held?.source === 'database' && compareIdentity({ epoch, version }, held) <= 0) continue
      await fetchVersion(environmentId, version)
    }
    const existing = new Set(versions.map((row) => row.environmentId))
    for (const environmentId of before.filter((id) => !existing.has(id))) {
      served.delete(environmentId)
      lastGood.remove(environmentId)
    }
  }

  async function reconcileOnce(): Promise<void> {
    try {
      unlisten ??= await base.listen(RULESET_CHANNEL, notified, () => { void reconcile() })
      await compareVersions()
      if (databaseAway) log.info('the database is back: rulesets are reconciled')
      databaseAway = false
      loaded = true
      if (!renewed) await publishStale()
      renewed = true
    } catch (error) {
      if (!databaseAway) log.warn({ err: error, environments: served.size }, 'the database is away: serving the rulesets in memory')
      databaseAway = true
    }
  }

  function reconcile(): Promise<void> {
    reconciling ??= reconcileOnce().finally(() => {
      reconciling = null
      reconciledAt = performance.now()
    })
    return reconciling
  }

  function scheduleReconcile(): void {
    if (closed) return
    reconcileTimer = setTimeout(() => { void reconcile().then(scheduleReconcile) }, reconcileMs)
    reconcileTimer.unref()
  }

  /** Publishes for environments that have no ruleset of this epoch: after a restore every client must see a greater identity. */
  async function publishStale(): Promise<void> {
    const epoch = base.installation.epoch()
    for (const { environmentId } of (await store.versions()).filter((row) => row.epoch !== epoch)) {
      try {
        await commitChange({ ...base, rulesets: server }, await store.projectOf(environmentId), async (tx) => {
          // Another instance may have done it while this one waited for the lock.
          const row = (await createRulesetsStore(tx).versions()).find((candidate) => candidate.environmentId === environmentId)
          return { result: undefined, audit: [], environments: row && row.epoch !== epoch ? [environmentId] : [] }
        })
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        log.error({ err: error, environmentId }, 'the ruleset of this environment could not be published under the new epoch')
      }
    }
  }

  const server: RulesetServer = {
    async start() {
      for (const published of await lastGood.readAll()) adopt(published, 'snapshot')
      await reconcile()
      loaded ||= served.size > 0
      scheduleReconcile()
      heartbeatTimer = setInterval(() => { streams.heartbeat() }, heartbeatMs)
      heartbeatTimer.unref()
    },
    async stop() {
      draining = true
      streams.endAll()
    },
    async close() {
      await server.stop()
      closed = true
      clearTimeout(reconcileTimer)
      clearInterval(heartbeatTimer)
      await reconciling
      await unlisten?.().catch(() => undefined)
      unlisten = null
      await seen.close()
      await lastGood.flush()
    },
    ready: () => loaded,
    draining: () => draining,
    async refresh() {
      if (performance.now() - reconciledAt >= REFRESH_EVERY_MS) await reconcile()
    },
    current: (environmentId) => served.get(environmentId) ?? null,
    subscribe(environmentId, listener) {
      const set = listeners.get(environmentId) ?? new Set()
      listeners.set(environmentId, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(environmentId) === set) listeners.delete(environmentId)
      }
    },
    announce(published) {
      for (const ruleset of published) adopt(ruleset, 'database')
    },
    stream(environmentId, lastEventId, target) {
      const current = served.get(environmentId) ?? null
      streams.open(environmentId, current?.id === lastEventId ? null : current, target)
    },
    seen: (environmentId, acknowledgement) => { seen.record(environmentId, acknowledgement) },
  }
  return server
}
