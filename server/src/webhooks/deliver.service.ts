import { randomUUID } from 'node:crypto'
import type { WebhookAttempt } from '../contract/webhooks.ts'
import type { Deps } from '../deps.ts'
import { sendFailure } from '../exports/send-failure.ts'
import { webhookSignature } from '../exports/webhook-signature.ts'
import { sendRequest } from '../platform/send-request.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { type ClaimedDelivery, createDeliveriesStore } from './deliveries.store.ts'
import { DEAD_DAYS, isDead, nextAttemptAt } from './retry.ts'
import { createWebhooksStore } from './webhooks.store.ts'

/** Attempts of this process at a time. */
const AT_ONCE = 16
const TIMEOUT_MS = 5_000
/** Characters of an answer that are kept. */
const KEPT_ANSWER = 4_000
const KEPT_MS = 14 * 24 * 60 * 60_000

/** Sends everything that is due, and what becomes due meanwhile. */
export async function deliverDue(deps: Deps, signal: AbortSignal): Promise<void> {
  const store = createDeliveriesStore(deps.db)
  const claim = randomUUID()
  const running = new Map<Promise<void>, string>()
  for (;;) {
    const room = signal.aborted ? 0 : AT_ONCE - running.size
    const busy = [...new Set(running.values())]
    const claimed = room === 0 ? [] : await store.claim(claim, deps.now(), busy, room)
    for (const delivery of claimed) {
      const run: Promise<void> = deliver(deps, claim, delivery, signal)
        // Its mark runs out, and it is sent again.
        .catch((error: unknown) => { deps.log.error({ err: error, delivery: delivery.id }, 'A webhook delivery was not kept') })
        .finally(() => running.delete(run))
      running.set(run, delivery.webhookId)
    }
    if (claimed.length === 0 && busy.length === 0) return
    if (running.size > 0) await Promise.race(running.keys())
  }
}

/** Forgets what is older than two weeks; attempts end after a day. */
export async function pruneDeliveries(deps: Deps): Promise<void> {
  await createDeliveriesStore(deps.db).prune(new Date(deps.now().getTime() - KEPT_MS))
}

async function deliver(deps: Deps, claim: string, delivery: ClaimedDelivery, signal: AbortSignal): Promise<void> {
  const store = createDeliveriesStore(deps.db)
  const attempt = await send(deps, delivery, signal)
  // The process stops: that is no failure of whoever receives.
  if (attempt === null) return store.release(claim, delivery.id)
  const now = deps.now()
  // Whoever tests looks at the answer: a later one is of no use to them.
  const retry = attempt.error === null || attempt.status === 410 || delivery.isTest ? null : nextAttemptAt(delivery.tries + 1, now, Math.random())
  const state = attempt.error === null ? 'delivered' : retry === null ? 'failed' : 'waiting'
  if (!(await store.attempted(claim, delivery, attempt, { state, error: attempt.error, dueAt: retry ?? now }))) return
  const webhooks = createWebhooksStore(deps.db)
  if (attempt.error === null) return webhooks.cameThrough(delivery.webhookId)
  if (delivery.isTest) return
  const failingSince = await webhooks.failed(delivery.webhookId, now)
  // It was turned off while this was on its way.
  if (failingSince === null) return store.cancelWaiting(delivery.webhookId, 'The webhook was turned off before this came through.')
  if (attempt.status === 410) await switchOff(deps, delivery, 'The service answered 410: it takes no messages any more.')
  else if (isDead(failingSince, now)) await switchOff(deps, delivery, `Nothing came through for ${DEAD_DAYS} days. The last attempt: ${attempt.error}`)
}

/** Null where the process stops. */
async function send(deps: Deps, { id, webhook, body }: ClaimedDelivery, signal: AbortSignal): Promise<WebhookAttempt | null> {
  const at = deps.now()
  const began = performance.now()
  const attempt = (rest: Pick<WebhookAttempt, 'status' | 'response' | 'error'>): WebhookAttempt => ({ at: at.toISOString(), durationMs: Math.round(performance.now() - began), ...rest })
  const bytes = Buffer.from(body)
  const timestamp = Math.floor(at.getTime() / 1000)
  const secrets = webhook.previousSecret !== null && webhook.previousUntil !== null && webhook.previousUntil > at ? [webhook.secret, webhook.previousSecret] : [webhook.secret]
  const signatures = await Promise.all(secrets.map((secret) => webhookSignature(secret, id, timestamp, [bytes])))
  const toPrivate = deps.config.webhooksToPrivate
  if (!toPrivate && !webhook.url.startsWith('https:')) return attempt({ status: null, response: '', error: 'The address is not https://, which the server no longer takes: ASSAY_WEBHOOK_ADDRESSES.' })
  try {
    const { status, text } = await sendRequest({
      method: 'POST', url: webhook.url, body: bytes, toPrivate, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: { 'content-type': 'application/json', 'content-length': String(bytes.length), 'user-agent': 'Assay', 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') },
    })
    return attempt({ status, response: kept(text), error: refusal(status) })
  } catch (error) {
    if (signal.aborted) return null
    return attempt({ status: null, response: '', error: sendFailure('The service', error, 'ASSAY_WEBHOOK_ADDRESSES').message })
  }
}

function refusal(status: number): string | null {
  if (status >= 200 && status < 300) return null
  return status >= 300 && status < 400 ? `The service answered ${status}, a redirect. Redirects are not followed: give the address that it leads to.` : `The service answered ${status}.`
}

/** PostgreSQL keeps neither NUL nor half a character. */
function kept(text: string): string {
  return text.slice(0, KEPT_ANSWER).replaceAll('\0', '\uFFFD').replace(/[\uD800-\uDBFF]$/, '')
}

async function switchOff(deps: Deps, { webhookId, projectId, webhook }: ClaimedDelivery, because: string): Promise<void> {
  await commitChange(deps, projectId, async (tx) => {
    if (!(await createWebhooksStore(tx).switchOff(webhookId, because))) return { result: undefined, audit: [], environments: [] }
    await createDeliveriesStore(tx).cancelWaiting(webhookId, 'The webhook was switched off before this came through.')
    return { result: undefined, audit: [{ at: deps.now(), actor: null, action: 'webhook.switched_off', entityKind: 'webhook', entityKey: webhook.name, reason: because }], environments: [] }
  })
}
