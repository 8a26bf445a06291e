import type { DeliveryState, DeliverySummary, WebhookAttempt, WebhookDelivery } from '../contract/webhooks.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { uuidv7 } from '../platform/uuidv7.ts'

/** A delivery that this process alone sends just now. */
export interface ClaimedDelivery {
  id: string
  webhookId: string
  projectId: string
  webhook: { name: string; url: string; secret: string; previousSecret: string | null; previousUntil: Date | null }
  body: string
  isTest: boolean
  tries: number
  history: WebhookAttempt[]
}

/** How a delivery stands after an attempt. */
export interface Outcome {
  state: DeliveryState
  error: string | null
  dueAt: Date
}

interface Page {
  state?: DeliveryState | undefined
  before?: string | undefined
  limit: number
}

/** So many attempts of a delivery are kept. */
const KEPT_ATTEMPTS = 20
/** Long enough for an attempt with its timeout; one that was claimed by a process that died is sent again after it. */
const CLAIM_SECONDS = 60
/** Of one webhook, so that a slow one leaves the others their turn. */
const AT_ONCE_EACH = 2

export function createDeliveriesStore(db: Database | Tx) {
  return {
    async insertTest(webhookId: string, type: string, body: string, at: Date): Promise<DeliverySummary> {
      return toSummary(await db.webhookDelivery.create({ data: { id: uuidv7(at), webhookId, type, body, state: 'waiting', dueAt: at, createdAt: at } }))
    },

    /** Newest first. */
    async list(webhookId: string, { state, before, limit }: Page): Promise<DeliverySummary[]> {
      const rows = await db.webhookDelivery.findMany({ where: { webhookId, ...(state === undefined ? {} : { state }), ...(before === undefined ? {} : { id: { lt: before } }) }, orderBy: { id: 'desc' }, take: limit })
      return rows.map(toSummary)
    },

    async find(webhookId: string, id: string): Promise<WebhookDelivery | null> {
      const row = await db.webhookDelivery.findFirst({ where: { id, webhookId } })
      return row && { ...toSummary(row), body: row.body, history: historyOf(row) }
    },

    /** Makes it due now. One that had come to its end begins its attempts anew. */
    async queueAgain(id: string, now: Date): Promise<DeliverySummary> {
      const { state } = await db.webhookDelivery.findUniqueOrThrow({ where: { id }, select: { state: true } })
      return toSummary(await db.webhookDelivery.update({ where: { id }, data: { state: 'waiting', dueAt: now, error: null, ...(state === 'waiting' ? {} : { tries: 0 }) } }))
    },

    /** Ends what waits: nothing old is sent when the webhook is turned on again. */
    async cancelWaiting(webhookId: string, error: string): Promise<void> {
      await db.webhookDelivery.updateMany({ where: { webhookId, state: 'waiting', seq: { not: null } }, data: { state: 'failed', error } })
    },

    /**
     * Takes what is due, the longest waiting first, for one process: each row is locked while it is marked, rows that
     * another process is marking are passed over, and a mark holds by the clock of the database.
     */
    async claim(claim: string, now: Date, busy: readonly string[], most: number): Promise<ClaimedDelivery[]> {
      const claimed = await db.$queryRaw<{ id: string }[]>`
        UPDATE "webhook_delivery" SET "claimedBy" = ${claim}, "claimedUntil" = clock_timestamp() + ${CLAIM_SECONDS} * interval '1 second'
        WHERE "id" IN (
          SELECT d."id" FROM "webhook_delivery" d
          WHERE d."id" IN (
            SELECT "id" FROM (
              SELECT w."id", row_number() OVER (PARTITION BY w."webhookId" ORDER BY w."dueAt", w."id") AS "nth"
              FROM "webhook_delivery" w JOIN "webhook" h ON h."id" = w."webhookId"
              WHERE w."state" = 'waiting' AND w."dueAt" <= ${now} AND (h."enabled" OR w."seq" IS NULL) AND w."webhookId" <> ALL(${busy}::uuid[])
                AND (w."claimedUntil" IS NULL OR w."claimedUntil" < clock_timestamp())
            ) ranked WHERE "nth" <= ${AT_ONCE_EACH}
          ) AND d."state" = 'waiting' AND (d."claimedUntil" IS NULL OR d."claimedUntil" < clock_timestamp())
          ORDER BY d."dueAt", d."id" LIMIT ${most} FOR UPDATE SKIP LOCKED
        ) RETURNING "id"`
      const rows = await db.webhookDelivery.findMany({ where: { id: { in: claimed.map(({ id }) => id) } }, include: { webhook: true }, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }] })
      return rows.map((row) => ({ id: row.id, webhookId: row.webhookId, projectId: row.webhook.projectId, webhook: row.webhook, body: row.body, isTest: row.seq === null, tries: row.tries, history: historyOf(row) }))
    },

    /** Keeps what came of an attempt; false where another process has taken the delivery meanwhile, or it is gone. */
    async attempted(claim: string, { id, tries, history }: ClaimedDelivery, attempt: WebhookAttempt, { state, error, dueAt }: Outcome): Promise<boolean> {
      const attempts = [...history, attempt].slice(-KEPT_ATTEMPTS).map((one) => ({ ...one }))
      const kept = await db.webhookDelivery.updateMany({ where: { id, claimedBy: claim }, data: { state, error, dueAt, tries: tries + 1, attempts, claimedBy: null, claimedUntil: null } })
      return kept.count === 1
    },

    /** Lets go of a delivery that was not attempted to its end. */
    async release(claim: string, id: string): Promise<void> {
      await db.webhookDelivery.updateMany({ where: { id, claimedBy: claim }, data: { claimedBy: null, claimedUntil: null } })
    },

    async prune(before: Date): Promise<number> {
      return (await db.webhookDelivery.deleteMany({ where: { createdAt: { lt: before } } })).count
    },
  }
}

interface Row {
  id: string
  type: string
  seq: number | null
  state: string
  tries: number
  attempts: unknown
  error: string | null
  dueAt: Date
  createdAt: Date
}

function historyOf({ attempts }: { attempts: unknown }): WebhookAttempt[] {
  return attempts as WebhookAttempt[]
}

function toSummary(row: Row): DeliverySummary {
  const history = historyOf(row)
  return {
    id: row.id, type: row.type, entry: row.seq, state: row.state as DeliveryState, createdAt: row.createdAt.toISOString(), lastAttempt: history.at(-1) ?? null, attempts: history.length, error: row.error,
    nextAttemptAt: row.state === 'waiting' ? row.dueAt.toISOString() : null,
  }
}
