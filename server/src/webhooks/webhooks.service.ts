import { randomBytes } from 'node:crypto'
import { assertBasedOnAudited } from '../audit/audited-revision.service.ts'
import type { Webhook, WebhookSetup } from '../contract/webhooks.ts'
import type { Deps } from '../deps.ts'
import { webhookSecret } from '../exports/webhook-signature.ts'
import { AppError } from '../http/app-error.ts'
import { isUuid } from '../http/is-uuid.ts'
import { type Actor, invalidRequest, type ProjectScope } from '../http/register.ts'
import { isPrivateHost } from '../platform/is-private-host.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { type AuditDraft, commitChange } from '../rulesets/commit-change.service.ts'
import { createDeliveriesStore } from './deliveries.store.ts'
import { createWebhooksStore, type WebhookRecord } from './webhooks.store.ts'

/** `secret` only where one was made just now. */
export interface SavedWebhook {
  webhook: Webhook
  secret: string | null
}

const SECRET_BYTES = 32
/** A secret that was renewed signs beside the new one for a day. */
const OVERLAP_MS = 24 * 60 * 60_000
const MOST_WEBHOOKS = 20

export async function createWebhook(deps: Deps, project: ProjectScope, actor: Actor, setup: WebhookSetup): Promise<SavedWebhook> {
  await assertAddress(deps, setup.url)
  const secret = newSecret()
  return commitChange(deps, project.id, async (tx) => {
    const store = createWebhooksStore(tx)
    await assertFreeName(tx, project.id, setup.name, null)
    if ((await store.list(project.id)).length >= MOST_WEBHOOKS) throw new AppError('wrong_state', `This project has ${MOST_WEBHOOKS} webhooks. Delete one first.`)
    const webhook = await store.insert(project.id, setup, secret, deps.now(), actor.name)
    return { result: { webhook, secret }, audit: [entry(deps, actor, 'webhook.created', setup.name, { after: setup })], environments: [] }
  })
}

export async function saveWebhook(deps: Deps, project: ProjectScope, actor: Actor, id: string, basedOn: number, setup: WebhookSetup): Promise<SavedWebhook> {
  await assertAddress(deps, setup.url, 'setup.')
  return commitChange(deps, project.id, async (tx) => {
    const { webhook: current } = await findWebhook(tx, project.id, id)
    const before = setupIn(current)
    await assertBasedOnAudited(tx, project.id, { kind: 'webhook', key: current.name }, current, basedOn, setup, current.name)
    await assertFreeName(tx, project.id, setup.name, id)
    // Who receives at another address never learns what the one before was told.
    const made = setup.url === current.url ? null : newSecret()
    const webhook = await createWebhooksStore(tx).update(id, setup, made === null ? {} : { secret: made, previousSecret: null, previousUntil: null })
    if (!setup.enabled) await createDeliveriesStore(tx).cancelWaiting(id, 'The webhook was turned off before this came through.')
    return { result: { webhook: setup.enabled ? webhook : { ...webhook, waiting: 0 }, secret: made }, audit: [entry(deps, actor, actionOf(before, setup), setup.name, { before, after: setup })], environments: [] }
  })
}

export async function deleteWebhook(deps: Deps, project: ProjectScope, actor: Actor, id: string): Promise<void> {
  await commitChange(deps, project.id, async (tx) => {
    const { webhook } = await findWebhook(tx, project.id, id)
    await createWebhooksStore(tx).remove(id)
    return { result: undefined, audit: [entry(deps, actor, 'webhook.deleted', webhook.name, { before: setupIn(webhook) })], environments: [] }
  })
}

export async function renewWebhookSecret(deps: Deps, project: ProjectScope, actor: Actor, id: string): Promise<SavedWebhook> {
  const secret = newSecret()
  return commitChange(deps, project.id, async (tx) => {
    const { webhook: { name }, secret: previousSecret } = await findWebhook(tx, project.id, id)
    const webhook = await createWebhooksStore(tx).renewSecret(id, { secret, previousSecret, previousUntil: new Date(deps.now().getTime() + OVERLAP_MS) })
    return { result: { webhook, secret }, audit: [entry(deps, actor, 'webhook.secret_renewed', name, {})], environments: [] }
  })
}

export async function findWebhook(db: Database | Tx, projectId: string, id: string): Promise<WebhookRecord> {
  const record = isUuid(id) ? await createWebhooksStore(db).find(projectId, id) : null
  if (!record) throw new AppError('not_found', 'This project has no such webhook.')
  return record
}

async function assertFreeName(db: Tx, projectId: string, name: string, own: string | null): Promise<void> {
  const taken = await createWebhooksStore(db).idOf(projectId, name)
  if (taken !== null && taken !== own) throw new AppError('already_exists', `There is a webhook named ${name}.`)
}

/** Says early what sending would find out: where the address leads is looked at again for every attempt. */
async function assertAddress({ config }: Deps, url: string, at = ''): Promise<void> {
  if (config.webhooksToPrivate) return
  const { protocol, hostname } = new URL(url)
  const refuse = (message: string) => invalidRequest([{ path: `${at}url`, message: `${message} Whoever runs the server can allow it: ASSAY_WEBHOOK_ADDRESSES.` }])
  if (protocol !== 'https:') throw refuse('Give an https:// address: what is sent must not be read on its way.')
  if (await isPrivateHost(hostname)) throw refuse(`${hostname} is an address of this machine or a private network.`)
}

function actionOf(before: WebhookSetup, after: WebhookSetup): string {
  const rest = ({ enabled: _enabled, ...others }: WebhookSetup) => JSON.stringify(others)
  if (before.enabled === after.enabled || rest(before) !== rest(after)) return 'webhook.changed'
  return after.enabled ? 'webhook.turned_on' : 'webhook.turned_off'
}

function setupIn({ name, url, kinds, enabled }: Webhook): WebhookSetup {
  return { name, url, kinds, enabled }
}

function newSecret(): string {
  return webhookSecret(randomBytes(SECRET_BYTES))
}

function entry(deps: Deps, actor: Actor, action: string, name: string, sides: Pick<AuditDraft, 'before' | 'after'>): AuditDraft {
  return { at: deps.now(), actor, action, entityKind: 'webhook', entityKey: name, ...sides }
}
