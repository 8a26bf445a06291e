import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { findDelivery, redeliver, testWebhook } from './deliveries.service.ts'
import { createDeliveriesStore } from './deliveries.store.ts'
import { createWebhook, deleteWebhook, findWebhook, renewWebhookSecret, saveWebhook } from './webhooks.service.ts'
import { createWebhooksStore } from './webhooks.store.ts'

const PAGE = 30

export function registerWebhookRoutes(on: Registrar, deps: Deps): void {
  on(routes.listWebhooks, async ({ project }) => ({ webhooks: await createWebhooksStore(deps.db).list(project.id), anyAddress: deps.config.webhooksToPrivate }))

  on(routes.createWebhook, ({ project, actor, body }) => createWebhook(deps, project, actor, body))

  on(routes.saveWebhook, ({ project, actor, params, body }) => saveWebhook(deps, project, actor, params.webhook, body.basedOn, body.setup))

  on(routes.deleteWebhook, ({ project, actor, params }) => deleteWebhook(deps, project, actor, params.webhook))

  on(routes.renewWebhookSecret, ({ project, actor, params }) => renewWebhookSecret(deps, project, actor, params.webhook))

  on(routes.testWebhook, ({ project, actor, params }) => testWebhook(deps, project, actor, params.webhook))

  on(routes.listWebhookDeliveries, async ({ project, params, query: { state, before, limit = PAGE } }) => {
    await findWebhook(deps.db, project.id, params.webhook)
    // One more than asked for tells whether there is a next page.
    const found = await createDeliveriesStore(deps.db).list(params.webhook, { state, before, limit: limit + 1 })
    const deliveries = found.slice(0, limit)
    return { deliveries, nextBefore: found.length > limit ? (deliveries.at(-1)?.id ?? null) : null }
  })

  on(routes.getWebhookDelivery, ({ project, params }) => findDelivery(deps.db, project, params.webhook, params.delivery))

  on(routes.redeliverWebhook, ({ project, actor, params }) => redeliver(deps, project, actor, params.webhook, params.delivery))
}
