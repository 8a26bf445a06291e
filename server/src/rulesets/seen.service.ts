import type { Base } from '../base.ts'
import { keptDays } from '../contract/kept-days.ts'
import type { SeenBody } from '../contract/sdk-wire.ts'
import { CONNECTED_WITHIN_MS, createInstancesStore, type HeardInstance } from './instances.store.ts'

/** People wait for it: a page says that a change is live once the last acknowledgement is stored. */
const FLUSH_MS = 200
const FORGET_AFTER_MS = keptDays.acknowledgements * 24 * 3600_000
const FORGET_EVERY_MS = 3600_000
const MAX_WAITING = 50_000

/** Merges acknowledgements and stores what arrived since the last time in one statement; while the database is away the newest wait. */
export function createSeen(base: Pick<Base, 'db' | 'now' | 'log'>, flushMs = FLUSH_MS) {
  const store = createInstancesStore(base.db)
  let waiting = new Map<string, HeardInstance>()
  let flushing: Promise<void> | null = null
  let forgetAt = 0
  const timer = setInterval(() => { void flush() }, flushMs)
  timer.unref()

  function flush(): Promise<void> {
    flushing ??= flushOnce().finally(() => { flushing = null })
    return flushing
  }

  async function flushOnce(): Promise<void> {
    const now = base.now().getTime()
    const batch = waiting
    waiting = new Map()
    try {
      await store.upsertAll([...batch.values()])
      if (now >= forgetAt) {
        forgetAt = now + FORGET_EVERY_MS
        await store.forgetBefore(new Date(now - FORGET_AFTER_MS))
      }
    } catch (error) {
      base.log.debug({ err: error, instances: batch.size }, 'acknowledgements wait for the database')
      for (const [key, instance] of batch) {
        if (!waiting.has(key) && waiting.size < MAX_WAITING && now - instance.seenAt.getTime() < CONNECTED_WITHIN_MS) waiting.set(key, instance)
      }
    }
  }

  return {
    record(environmentId: string, { leaving, ...body }: SeenBody): void {
      const key = `${environmentId} ${body.instanceId}`
      const seenAt = base.now()
      if (waiting.size >= MAX_WAITING && !waiting.has(key)) return
      // A clock that is far off must not spoil the statement that stores everybody.
      const applied = new Date(body.appliedAt)
      const plausible = Math.abs(applied.getTime() - seenAt.getTime()) < 365 * 24 * 3600_000
      const earlier = waiting.get(key)
      const heardAt = earlier?.epoch === body.epoch && earlier.version === body.version ? earlier.heardAt : seenAt
      waiting.set(key, { environmentId, ...body, appliedAt: plausible ? applied : seenAt, seenAt, heardAt, hasLeft: leaving === true })
    },
    async close(): Promise<void> {
      clearInterval(timer)
      await flush()
      await flush()
    },
  }
}
