import type { Base } from '../base.ts'
import type { IngestResult } from '../contract/sdk-wire.ts'
import { AppError } from '../http/app-error.ts'
import { acceptBatch, experimentsNamed, MAX_ITEMS, type Rejection } from './accept-batch.ts'
import { createGroupCommit } from './group-commit.ts'
import { insertRows } from './ingest.store.ts'
import { createKnownExperiments } from './known-experiments.store.ts'
import { createSpoolStore } from './spool.store.ts'
import { isRowError } from './storage-errors.ts'
import { countRows, joinRows, type StoredRows, splitRows } from './stored-rows.ts'

/** Whose key sent a batch. */
export interface IngestScope {
  projectId: string
  environmentId: string
  keyKind: 'server' | 'client'
}

/** The envelope without its items. */
export interface BatchEnvelope {
  backfill?: boolean
  /** Items the sender had to drop, by cause. */
  dropped?: Readonly<Record<string, number>>
}

export interface IngestCounters {
  /** Rows acknowledged, stored or spooled. */
  accepted: number
  rejected: number
  /** Rows acknowledged into the spool. */
  spooled: number
  /** Items that senders reported as dropped. */
  dropped: number
  /** Writes to the event store that succeeded; each carries one or more requests. */
  writes: number
}

export interface Ingest {
  start(): Promise<void>
  /** Resolves once the accepted items are stored. Rejects with `too_large`, `wrong_key_kind` or `storage_unavailable`. */
  submit(scope: IngestScope, envelope: BatchEnvelope, items: readonly unknown[]): Promise<IngestResult>
  /** Resolves once nothing is in flight. */
  flush(): Promise<void>
  /** Moves spooled batches to the event store, oldest first, until none is left, it is away or the signal aborts; the number moved. */
  drainSpool(signal?: AbortSignal): Promise<number>
  readonly counters: Readonly<IngestCounters>
  close(): Promise<void>
}

/** Rows of one write to the event store. */
const MAX_ROWS_PER_WRITE = 20_000
/** Rows that may wait in memory before senders are told to come back. */
const MAX_ROWS_PENDING = 200_000
/** After a failure the event store is left alone this long, so a request does not wait for a timeout. */
const AWAY_MS = 1000
const SPOOL_CAP_BYTES = 1_000_000_000
const SPOOL_BATCHES_PER_READ = 20

export interface IngestOptions {
  spoolCapBytes?: number
}

type IngestDeps = Pick<Base, 'db' | 'events' | 'log' | 'now' | 'measures'>

export function createIngest({ db, events, log, now, measures }: IngestDeps, { spoolCapBytes = SPOOL_CAP_BYTES }: IngestOptions = {}): Ingest {
  const spool = createSpoolStore(db)
  const experiments = createKnownExperiments(db)
  const counters: IngestCounters = { accepted: 0, rejected: 0, spooled: 0, dropped: 0, writes: 0 }
  const items = measures.counter('assay_ingest_items_total', 'Items received on /sdk/v1/events by outcome.')
  let awayUntil = 0
  let spoolBytes = 0
  let spoolBatches = 0
  measures.gauge('assay_ingest_spool_bytes', 'Bytes waiting in the spool for the event store.', () => spoolBytes)
  measures.gauge('assay_ingest_spool_batches', 'Batches waiting in the spool for the event store.', () => spoolBatches)

  let lastReceivedAt = 0
  const nextReceivedAt = () => (lastReceivedAt = Math.max(lastReceivedAt + 1, now().getTime() * 1000))

  const groups = createGroupCommit(write, MAX_ROWS_PER_WRITE)

  /** Ids of rows that the store refuses for good; the others are stored or spooled. */
  type Refused = Set<string>

  async function write(batches: StoredRows[]): Promise<PromiseSettledResult<Refused>[]> {
    const rows = joinRows(batches)
    if (now().getTime() < awayUntil) return sharedOutcome(batches, spooled(rows))
    try {
      await insertRows(events, rows)
      counters.writes += 1
      return batches.map(() => ({ status: 'fulfilled', value: new Set() }))
    } catch (error) {
      if (!isRowError(error)) {
        awayUntil = now().getTime() + AWAY_MS
        log.warn({ err: error, rows: countRows(rows) }, 'the event store is away: spooling')
        return sharedOutcome(batches, spooled(rows))
      }
      log.warn({ err: error, batches: batches.length }, 'the event store refuses a row')
      if (batches.length > 1) return (await Promise.all(batches.map((batch) => write([batch])))).flat()
      return sharedOutcome(batches, refusedRows(rows))
    }
  }

  /** Halves a batch until the rows that cannot be stored are alone; everything else is stored. */
  async function refusedRows(rows: StoredRows): Promise<Refused> {
    const [first, second] = splitRows(rows)
    if (countRows(second) === 0) return new Set(Object.values(rows).flatMap((table) => (table as { id: string }[]).map((row) => row.id)))
    const refused: Refused = new Set()
    for (const half of [first, second]) {
      const [outcome] = await write([half])
      if (outcome?.status !== 'fulfilled') throw outcome?.reason
      for (const id of outcome.value) refused.add(id)
    }
    return refused
  }

  async function spooled(rows: StoredRows): Promise<Refused> {
    if (spoolBytes >= spoolCapBytes) throw away('The event store is away and its spool is full.')
    try {
      spoolBytes += await spool.append(rows)
    } catch (error) {
      throw away('Neither the event store nor its spool can store events.', error)
    }
    spoolBatches += 1
    counters.spooled += countRows(rows)
    items.add({ outcome: 'spooled' }, countRows(rows))
    return new Set()
  }

  async function drainSpool(signal: AbortSignal | undefined): Promise<number> {
    let drained = 0
    for (;;) {
      const batches = await spool.oldest(SPOOL_BATCHES_PER_READ)
      if (batches.length === 0) return drained
      for (const { id, rows } of batches) {
        if (signal?.aborted) return drained
        try {
          await insertSpooled(rows)
        } catch (error) {
          awayUntil = now().getTime() + AWAY_MS
          log.debug({ err: error }, 'the event store is still away')
          return drained
        }
        await spool.remove([id])
        drained += 1
      }
    }
  }

  async function insertSpooled(rows: StoredRows): Promise<void> {
    try {
      await insertRows(events, rows)
    } catch (error) {
      if (!isRowError(error)) throw error
      const [first, second] = splitRows(rows)
      if (countRows(second) === 0) {
        // Acknowledged, yet no store will ever take it: said aloud, and counted, rather than blocking what follows.
        log.error({ err: error, rows }, 'a spooled row cannot be stored and is dropped')
        items.add({ outcome: 'unstorable' })
        return
      }
      await insertSpooled(first)
      await insertSpooled(second)
    }
  }

  async function measureSpool(): Promise<void> {
    ;({ batches: spoolBatches, bytes: spoolBytes } = await spool.size())
  }

  return {
    counters,
    start: () => measureSpool().catch((error: unknown) => { log.warn({ err: error }, 'the spool cannot be measured yet') }),
    flush: () => groups.idle(),
    close: () => groups.idle(),
    async drainSpool(signal) {
      try {
        return await drainSpool(signal)
      } finally {
        await measureSpool()
      }
    },
    async submit(scope, envelope, batch) {
      if (batch.length > MAX_ITEMS) throw new AppError('too_large', `Send at most ${MAX_ITEMS} items in a batch; this one has ${batch.length}.`)
      const backfill = envelope.backfill === true
      if (backfill && scope.keyKind !== 'server') throw new AppError('wrong_key_kind', 'History ("backfill": true) needs a server key.')
      if (groups.pending > MAX_ROWS_PENDING) throw away('More events arrive than can be stored.')
      const known = await experiments.find(scope.environmentId, experimentsNamed(batch)).catch((error: unknown) => {
        throw away('The experiments of this batch cannot be looked up.', error)
      })
      const { rows, rejected } = acceptBatch(batch, { ...scope, backfill, now: now(), nextReceivedAt }, known)
      const accepted = countRows(rows)
      const refused = accepted === 0 ? new Set<string>() : await groups.add(rows, accepted)
      const all = refused.size === 0 ? rejected : [...rejected, ...unstorable(batch, refused)].sort((a, b) => a.index - b.index)
      const dropped = Object.values(envelope.dropped ?? {}).reduce((total, count) => total + Math.max(0, count), 0)
      const result = { accepted: batch.length - all.length, rejected: all }
      counters.accepted += result.accepted
      counters.rejected += all.length
      counters.dropped += dropped
      if (result.accepted > 0) items.add({ outcome: 'accepted' }, result.accepted)
      if (all.length > 0) items.add({ outcome: 'rejected' }, all.length)
      if (dropped > 0) items.add({ outcome: 'dropped_by_sender' }, dropped)
      return result
    },
  }
}

async function sharedOutcome<T>(batches: readonly unknown[], outcome: Promise<T>): Promise<PromiseSettledResult<T>[]> {
  const [settled] = await Promise.allSettled([outcome])
  return batches.map(() => settled)
}

function unstorable(batch: readonly unknown[], refused: ReadonlySet<string>): Rejection[] {
  return batch.flatMap((item, index) => {
    const id = (item as { id?: unknown } | null)?.id
    return typeof id === 'string' && refused.has(id.toLowerCase()) ? [{ index, code: 'unstorable', message: 'The event store cannot hold this item.' }] : []
  })
}

function away(message: string, cause?: unknown): AppError {
  return new AppError('storage_unavailable', `${message} Send the batch again later.`, { details: { retryAfterSeconds: 5 }, cause })
}
