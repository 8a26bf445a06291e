import { type DeliverySummary, TEST_TYPE, type WebhookDelivery } from '../contract/webhooks.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { isUuid } from '../http/is-uuid.ts'
import type { Actor, ProjectScope } from '../http/register.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createDeliveriesStore } from './deliveries.store.ts'
import { testBody } from './webhook-body.ts'
import { findWebhook } from './webhooks.service.ts'

/** It goes the way of every other delivery, and so shows whether that way is open. */
export function testWebhook(deps: Deps, project: ProjectScope, actor: Actor, id: string): Promise<DeliverySummary> {
  return commitChange(deps, project.id, async (tx) => {
    const { webhook } = await findWebhook(tx, project.id, id)
    const at = deps.now()
    const result = await createDeliveriesStore(tx).insertTest(id, TEST_TYPE, testBody(project.key, actor.name, at), at)
    return { result, audit: [{ at, actor, action: 'webhook.tested', entityKind: 'webhook', entityKey: webhook.name }], environments: [] }
  })
}

export async function findDelivery(db: Database | Tx, project: ProjectScope, webhookId: string, id: string): Promise<WebhookDelivery> {
  await findWebhook(db, project.id, webhookId)
  const delivery = isUuid(id) ? await createDeliveriesStore(db).find(webhookId, id) : null
  if (!delivery) throw new AppError('not_found', 'This webhook has no such delivery; they are kept for two weeks.')
  return delivery
}

/** Sends it again as it was, under the id that it had. */
export function redeliver(deps: Deps, project: ProjectScope, actor: Actor, webhookId: string, id: string): Promise<DeliverySummary> {
  return commitChange(deps, project.id, async (tx) => {
    const { webhook } = await findWebhook(tx, project.id, webhookId)
    const delivery = await findDelivery(tx, project, webhookId, id)
    if (!webhook.enabled && delivery.entry !== null) throw new AppError('wrong_state', `${webhook.name} is off. Turn it on first.`)
    const at = deps.now()
    const result = await createDeliveriesStore(tx).queueAgain(id, at)
    return { result, audit: [{ at, actor, action: 'webhook.redelivered', entityKind: 'webhook', entityKey: webhook.name, after: { delivery: id, type: delivery.type, entry: delivery.entry } }], environments: [] }
  })
}
