import * as z from 'zod/mini'
import { auditKinds } from './audit.ts'
import { httpUrl, instant, revision, title } from './fields.ts'
import { defineRoutes } from './route.ts'

/** The type of a message that a person sends to see whether it arrives. */
export const TEST_TYPE = 'webhook.test'

const setup = {
  name: title,
  url: httpUrl,
  /** Kinds of the audit log that it hears of; null is all, also those to come. */
  kinds: z.nullable(z.array(z.enum(auditKinds)).check(z.minLength(1, 'Choose at least one kind.'), z.maxLength(auditKinds.length))),
  enabled: z.boolean(),
}
export const webhookSetup = z.strictObject(setup)
export type WebhookSetup = z.infer<typeof webhookSetup>

export const deliveryState = z.enum(['waiting', 'delivered', 'failed'])
export type DeliveryState = z.infer<typeof deliveryState>

export const webhook = z.object({
  id: z.string(),
  ...setup,
  revision,
  createdAt: instant,
  createdBy: z.string(),
  /** Since when no attempt has come through; null after one that has. */
  failingSince: z.nullable(instant),
  /** Why Assay itself switched it off; null where it did not. */
  offBecause: z.nullable(z.string()),
  /** Until when the secret before signs as well; null where it does not. */
  previousUntil: z.nullable(instant),
  /** How many deliveries wait. */
  waiting: z.int(),
})
export type Webhook = z.infer<typeof webhook>

export const webhookAttempt = z.object({
  at: instant,
  durationMs: z.int(),
  /** Of the answer; null where there was none. */
  status: z.nullable(z.int()),
  /** The first part of the answer's body. */
  response: z.string(),
  /** Null where it was taken. */
  error: z.nullable(z.string()),
})
export type WebhookAttempt = z.infer<typeof webhookAttempt>

const summary = {
  /** The same for every attempt: `webhook-id`. */
  id: z.string(),
  /** Action of the audit log, or `webhook.test`. */
  type: z.string(),
  /** The entry of the audit log; null for a test. */
  entry: z.nullable(z.int()),
  state: deliveryState,
  createdAt: instant,
  lastAttempt: z.nullable(webhookAttempt),
  attempts: z.int(),
  /** Why it is not delivered. */
  error: z.nullable(z.string()),
  /** When it is sent next; null where it is not. */
  nextAttemptAt: z.nullable(instant),
}
export const deliverySummary = z.object(summary)
export type DeliverySummary = z.infer<typeof deliverySummary>

export const webhookDelivery = z.object({ ...summary, /** What is sent, byte for byte. */ body: z.string(), /** The newest, oldest first. */ history: z.array(webhookAttempt) })
export type WebhookDelivery = z.infer<typeof webhookDelivery>

/** `secret` only where one was made just now. */
const saved = z.object({ webhook, secret: z.nullable(z.string()) })
const webhooks = '/api/v1/projects/:project/webhooks'
const one = `${webhooks}/:webhook`

export const webhookRoutes = defineRoutes({
  listWebhooks: { method: 'GET', path: webhooks, summary: 'Webhooks, without their secret', access: 'webhook.write', response: z.object({ webhooks: z.array(webhook), /** Whether http and private addresses are taken. */ anyAddress: z.boolean() }) },
  createWebhook: { method: 'POST', path: webhooks, summary: 'Send changes to an address; the secret is in this response only', access: 'webhook.write', body: webhookSetup, response: saved, status: 201 },
  saveWebhook: { method: 'PUT', path: one, summary: 'Change a webhook, or turn it on or off; another address gets another secret', access: 'webhook.write', body: z.strictObject({ basedOn: revision, setup: webhookSetup }), response: saved },
  deleteWebhook: { method: 'DELETE', path: one, summary: 'Delete a webhook with its deliveries', access: 'webhook.write', status: 204 },
  renewWebhookSecret: { method: 'POST', path: `${one}/secret`, summary: "Renew a webhook's secret; the old one signs beside it for a day", access: 'webhook.write', response: saved },
  testWebhook: { method: 'POST', path: `${one}/test`, summary: 'Send a test within seconds, also while the webhook is off', access: 'webhook.write', response: deliverySummary, status: 202 },
  listWebhookDeliveries: {
    method: 'GET', path: `${one}/deliveries`, summary: 'What was sent to a webhook in the last two weeks, newest first', access: 'webhook.write',
    query: z.strictObject({ state: z.exactOptional(deliveryState), /** Id of the last delivery of the page before. */ before: z.exactOptional(z.uuid('Use the nextBefore of the page before.')), limit: z.exactOptional(z.coerce.number().check(z.int(), z.gte(1), z.lte(100))) }),
    response: z.object({ deliveries: z.array(deliverySummary), /** `before` of the next page; null on the last. */ nextBefore: z.nullable(z.string()) }),
  },
  getWebhookDelivery: { method: 'GET', path: `${one}/deliveries/:delivery`, summary: 'A delivery with its body and its attempts', access: 'webhook.write', response: webhookDelivery },
  redeliverWebhook: { method: 'POST', path: `${one}/deliveries/:delivery/redeliver`, summary: 'Send a delivery again within seconds, under the same id', access: 'webhook.write', response: deliverySummary, status: 202 },
})
