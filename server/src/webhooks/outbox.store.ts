import type { AuditEntry } from '../contract/audit.ts'
import type { Tx } from '../platform/postgres.ts'
import { uuidv7 } from '../platform/uuidv7.ts'
import { entryBody } from './webhook-body.ts'

/** Writes what the webhooks of a project are due to hear of an entry, in the transaction that writes the entry: neither is there without the other. */
export async function queueDeliveries(tx: Tx, project: { id: string; key: string }, entry: AuditEntry): Promise<void> {
  const webhooks = await tx.webhook.findMany({ where: { projectId: project.id, enabled: true, OR: [{ kinds: { isEmpty: true } }, { kinds: { has: entry.entity.kind } }] }, select: { id: true } })
  if (webhooks.length === 0) return
  const at = new Date(entry.at)
  const body = entryBody(project.key, entry)
  await tx.webhookDelivery.createMany({ data: webhooks.map(({ id: webhookId }) => ({ id: uuidv7(at), webhookId, type: entry.action, seq: entry.seq, body, state: 'waiting', dueAt: at, createdAt: at })) })
}
