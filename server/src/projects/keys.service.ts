import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { hashSecret } from '../accounts/secret.ts'
import type { Base } from '../base.ts'
import { AppError } from '../http/app-error.ts'
import { createKeysStore, KEY_CHANNEL, type KeyUse, type LiveKey } from './keys.store.ts'
import { createLastGoodKeys } from './last-good-keys.store.ts'
import { isSdkKey, type SdkKeyKind } from './sdk-key.ts'

/** What a key may speak for. */
export interface SdkKeyScope {
  /** Id of the key. */
  id: string
  kind: SdkKeyKind
  projectId: string
  environmentId: string
  environmentKey: string
  /** Whether OFREP's bulk answers have `metadata` and `eventStreams`. */
  ofrepExtras: boolean
}

/** Every live SDK key, by the hash of its secret. */
export interface SdkKeyIndex {
  /** Loads the keys, from the database or from the last good copy on disk while the database is away. */
  start(): Promise<void>
  /** Writes what is pending. */
  close(): Promise<void>
  /**
   * Null for a key that is unknown, revoked or expired. Throws `storage_unavailable` for one that cannot be looked up
   * now. `by` names what presents it, where that is known.
   */
  authenticate(secret: string, by?: string | null): Promise<SdkKeyScope | null>
  /** The scope of a live key by its id; null as for `authenticate`. */
  find(keyId: string): Promise<SdkKeyScope | null>
  /** Notes that a key is in use by what names itself so. */
  usedBy(keyId: string, by: string): void
  /** Signs a text in the name of a live key, alike on every instance; null for a key that is not live. */
  sign(keyId: string, text: string): string | null
  /** Calls the listener once, when the key is revoked or expires; at once where it is already. Returns the function that ends it. */
  onRevoked(keyId: string, listener: () => void): () => void
  /** Reads the keys again; resolves when a read that began after the call is in use. */
  refresh(): Promise<void>
  /** Stops a key that this instance has just revoked, without waiting for a notification. */
  forget(keyId: string): void
}

export interface SdkKeyTimes {
  /** How often the keys in memory are compared with the database, and uses are written to it. */
  reconcileMs: number
  /** A key that is not in memory makes this instance read the keys again, but in no second more often than this, whoever guesses keys. */
  looksPerSecond: number
  /** A key that expires stops its streams within this time; requests it stops at once. */
  expireMs: number
}

const defaultTimes: SdkKeyTimes = { reconcileMs: 5_000, looksPerSecond: 20, expireMs: 1_000 }
/** An open stream is a use that lasts: it is stamped this often. */
const STREAM_USE_MS = 60_000

type Needs = Pick<Base, 'config' | 'db' | 'listen' | 'log' | 'now'>

/**
 * Authenticates SDK keys without asking the database. It learns of changes by its own instance's commits, by
 * notification, and in any case by reconciliation.
 */
export function createSdkKeyIndex(base: Needs, times: Partial<SdkKeyTimes> = {}): SdkKeyIndex {
  const { reconcileMs, looksPerSecond, expireMs } = { ...defaultTimes, ...times }
  const { log } = base
  const store = createKeysStore(base.db)
  const lastGood = createLastGoodKeys(join(base.config.dataDir, 'last-good'), log)
  const listeners = new Map<string, Set<() => void>>()
  let byHash = new Map<string, LiveKey>()
  let byId = new Map<string, LiveKey>()
  /** Revoked here: a read of the database that began before the revocation must not bring them back. */
  let forgotten = new Set<string>()
  let used = new Map<string, KeyUse>()
  let unlisten: (() => Promise<void>) | null = null
  let reading: Promise<void> | null = null
  let next: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let expiry: NodeJS.Timeout | undefined
  let streamsStampedAt = performance.now()
  let second = Number.NEGATIVE_INFINITY
  let looks = 0
  let databaseAway = false
  let closed = false

  function adopt(keys: readonly LiveKey[]): void {
    byHash = new Map(keys.map((key) => [key.hash, key]))
    byId = new Map(keys.map((key) => [key.id, key]))
    for (const [keyId, waiting] of listeners) {
      if (byId.has(keyId)) continue
      listeners.delete(keyId)
      for (const listener of waiting) listener()
    }
  }

  /** By this instance's clock, also while the database is away: what was promised to stop does. */
  function isLive(key: LiveKey | undefined): key is LiveKey {
    // A copy on disk that an older server wrote does not say.
    return key !== undefined && base.now().getTime() < (key.expiresAt ?? Number.POSITIVE_INFINITY)
  }

  function dropExpired(): void {
    const all = [...byId.values()]
    const left = all.filter(isLive)
    if (left.length < all.length) adopt(left)
  }

  async function readOnce(): Promise<void> {
    try {
      unlisten ??= await base.listen(KEY_CHANNEL, () => { void refresh() }, () => { void refresh() })
      const stored = await store.live(base.now())
      forgotten = new Set(stored.map((key) => key.id).filter((id) => forgotten.has(id)))
      const keys = stored.filter((key) => !forgotten.has(key.id))
      const changed = !isDeepStrictEqual(new Map(keys.map((key) => [key.hash, key])), byHash)
      adopt(keys)
      if (changed) lastGood.save(keys)
      if (databaseAway) log.info('the database is back: SDK keys are reconciled')
      databaseAway = false
    } catch (error) {
      if (!databaseAway) log.warn({ err: error, keys: byHash.size }, 'the database is away: serving the SDK keys in memory')
      databaseAway = true
    }
  }

  function refresh(): Promise<void> {
    if (!reading) {
      reading = readOnce().finally(() => { reading = null })
      return reading
    }
    // The read in progress may have begun before the change that the caller knows of.
    next ??= reading.then(() => {
      next = null
      return refresh()
    })
    return next
  }

  function scheduleReconcile(): void {
    if (closed) return
    timer = setTimeout(() => {
      noteStreams()
      void refresh().then(writeUses).then(scheduleReconcile)
    }, reconcileMs)
    timer.unref()
  }

  function noteUse(keyId: string, by: string | null): void {
    used.set(keyId, { at: base.now(), by: by ?? used.get(keyId)?.by ?? null })
  }

  function noteStreams(): void {
    const now = performance.now()
    if (now - streamsStampedAt < STREAM_USE_MS) return
    streamsStampedAt = now
    for (const keyId of listeners.keys()) noteUse(keyId, null)
  }

  async function writeUses(): Promise<void> {
    const batch = used
    used = new Map()
    try {
      await store.stampUsed([...batch].map(([id, use]) => ({ id, ...use })))
    } catch (error) {
      log.debug({ err: error, keys: batch.size }, 'uses of SDK keys wait for the database')
      used = new Map([...batch, ...used])
    }
  }

  function mayLook(): boolean {
    const now = performance.now()
    if (now - second >= 1_000) [second, looks] = [now, 0]
    looks += 1
    return looks <= looksPerSecond
  }

  /** A key made on another instance may be used before its notification arrives. */
  async function lookAgain(find: () => LiveKey | undefined): Promise<LiveKey | undefined> {
    if (!databaseAway && mayLook()) await refresh()
    const key = find()
    if (!isLive(key) && databaseAway) throw new AppError('storage_unavailable', 'This SDK key cannot be looked up: the database is away.')
    return key
  }

  /** The key in memory, or as the database has it now. */
  async function findLive(find: () => LiveKey | undefined): Promise<LiveKey | undefined> {
    const known = find()
    return isLive(known) ? known : lookAgain(find)
  }

  function scopeOf(key: LiveKey | undefined, by: string | null): SdkKeyScope | null {
    if (!isLive(key)) return null
    noteUse(key.id, by)
    const { id, kind, projectId, environmentId, environmentKey, ofrepExtras } = key
    // A copy on disk that an older server wrote does not say.
    return { id, kind, projectId, environmentId, environmentKey, ofrepExtras: ofrepExtras !== false }
  }

  return {
    async start() {
      adopt(await lastGood.read())
      await refresh()
      scheduleReconcile()
      expiry = setInterval(dropExpired, expireMs)
      expiry.unref()
    },
    async close() {
      closed = true
      clearTimeout(timer)
      clearInterval(expiry)
      while (reading) await reading
      await unlisten?.().catch(() => undefined)
      await writeUses()
      await lastGood.flush()
    },
    async authenticate(secret, by = null) {
      if (!isSdkKey(secret)) return null
      const hash = hashSecret(secret)
      return scopeOf(await findLive(() => byHash.get(hash)), by)
    },
    async find(keyId) {
      return scopeOf(await findLive(() => byId.get(keyId)), null)
    },
    usedBy(keyId, by) {
      noteUse(keyId, by)
    },
    sign(keyId, text) {
      const key = byId.get(keyId)
      return isLive(key) ? createHmac('sha256', key.hash).update(text).digest('base64url') : null
    },
    onRevoked(keyId, listener) {
      if (!isLive(byId.get(keyId))) {
        listener()
        return () => undefined
      }
      const waiting = listeners.get(keyId) ?? new Set()
      listeners.set(keyId, waiting.add(listener))
      return () => {
        waiting.delete(listener)
        if (waiting.size === 0 && listeners.get(keyId) === waiting) listeners.delete(keyId)
      }
    },
    refresh,
    forget(keyId) {
      forgotten.add(keyId)
      const left = [...byHash.values()].filter((key) => key.id !== keyId)
      adopt(left)
      lastGood.save(left)
    },
  }
}
