import type { AuditKind } from '../contract/audit.ts'
import type { Webhook, WebhookSetup } from '../contract/webhooks.ts'
import type { Database, Tx } from '../platform/postgres.ts'

/** A webhook with what only the server knows of it. */
export interface WebhookRecord {
  projectId: string
  webhook: Webhook
  secret: string
}

interface Secrets {
  secret: string
  previousSecret: string | null
  previousUntil: Date | null
}

const withWaiting = { _count: { select: { deliveries: { where: { state: 'waiting' } } } } } as const

export function createWebhooksStore(db: Database | Tx) {
  return {
    async list(projectId: string): Promise<Webhook[]> {
      return (await db.webhook.findMany({ where: { projectId }, include: withWaiting, orderBy: { name: 'asc' } })).map((row) => toRecord(row).webhook)
    },

    async find(projectId: string, id: string): Promise<WebhookRecord | null> {
      const row = await db.webhook.findFirst({ where: { id, projectId }, include: withWaiting })
      return row && toRecord(row)
    },

    async idOf(projectId: string, name: string): Promise<string | null> {
      return (await db.webhook.findUnique({ where: { projectId_name: { projectId, name } }, select: { id: true } }))?.id ?? null
    },

    async insert(projectId: string, setup: WebhookSetup, secret: string, createdAt: Date, createdBy: string): Promise<Webhook> {
      return toRecord(await db.webhook.create({ data: { projectId, ...columnsOf(setup), secret, createdAt, createdBy }, include: withWaiting })).webhook
    },

    /** A webhook that people save begins without failures. */
    async update(id: string, setup: WebhookSetup, secrets: Partial<Secrets>): Promise<Webhook> {
      return toRecord(await db.webhook.update({ where: { id }, data: { ...columnsOf(setup), ...secrets, failingSince: null, offBecause: null, revision: { increment: 1 } }, include: withWaiting })).webhook
    },

    async renewSecret(id: string, secrets: Secrets): Promise<Webhook> {
      return toRecord(await db.webhook.update({ where: { id }, data: { ...secrets, revision: { increment: 1 } }, include: withWaiting })).webhook
    },

    async remove(id: string): Promise<void> {
      await db.webhook.delete({ where: { id } })
    },

    async cameThrough(id: string): Promise<void> {
      await db.webhook.updateMany({ where: { id, failingSince: { not: null } }, data: { failingSince: null } })
    },

    /** Gives since when nothing has come through; null where the webhook is gone or off. */
    async failed(id: string, now: Date): Promise<Date | null> {
      await db.webhook.updateMany({ where: { id, failingSince: null }, data: { failingSince: now } })
      return (await db.webhook.findFirst({ where: { id, enabled: true }, select: { failingSince: true } }))?.failingSince ?? null
    },

    /** False where it is off already. */
    async switchOff(id: string, because: string): Promise<boolean> {
      return (await db.webhook.updateMany({ where: { id, enabled: true }, data: { enabled: false, offBecause: because, revision: { increment: 1 } } })).count === 1
    },
  }
}

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>

function rowOf(db: Database | Tx) {
  return db.webhook.findFirst({ include: withWaiting })
}

function columnsOf({ name, url, kinds, enabled }: WebhookSetup) {
  return { name, url, kinds: kinds ?? [], enabled }
}

function toRecord(row: Row): WebhookRecord {
  const { id, projectId, name, url, kinds, enabled, secret, previousUntil, failingSince, offBecause, revision, createdAt, createdBy, _count } = row
  return {
    projectId,
    secret,
    webhook: {
      id, name, url, kinds: kinds.length === 0 ? null : (kinds as AuditKind[]), enabled, revision, createdAt: createdAt.toISOString(), createdBy, failingSince: failingSince?.toISOString() ?? null, offBecause,
      previousUntil: previousUntil?.toISOString() ?? null, waiting: _count.deliveries,
    },
  }
}
