import * as z from 'zod/mini'
import { instant, json, typedInstant } from './fields.ts'
import { defineRoutes } from './route.ts'

/** Kinds of what changes are about. */
export const auditKinds = ['flag', 'cohort', 'metric', 'hypothesis', 'experiment', 'task', 'change', 'layer', 'holdout', 'environment', 'project', 'member', 'key', 'token', 'webhook', 'export', 'export_schedule'] as const
export type AuditKind = (typeof auditKinds)[number]

export const auditEntry = z.object({
  /** Position in the project's hash chain. */
  seq: z.int(),
  at: instant,
  actor: z.object({ id: z.nullable(z.string()), name: z.string(), /** The API token that they acted through, by its name. */ token: z.exactOptional(z.string()) }),
  /** Verb in the past tense, such as `flag.turned_off`. */
  action: z.string(),
  entity: z.object({ kind: z.string(), key: z.string() }),
  environment: z.nullable(z.string()),
  before: z.nullable(json),
  after: z.nullable(json),
  reason: z.nullable(z.string()),
  revision: z.nullable(z.int()),
  /** SHA-256 over the previous entry's hash and this entry's canonical JSON. */
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntry>

const text = z.exactOptional(z.string().check(z.maxLength(500)))
/** What narrows the log; `actor` is a person's name as the entries have it, `from` and `to` are instants, both included. */
export const auditFilters = { kind: text, key: text, environment: text, actor: text, from: z.exactOptional(typedInstant), to: z.exactOptional(typedInstant) }

export const auditRoutes = defineRoutes({
  listAudit: {
    method: 'GET', path: '/api/v1/projects/:project/audit', summary: 'Changes, newest first', access: 'project.read',
    query: z.strictObject({ ...auditFilters, /** One entry alone, by its `seq`. */ entry: z.exactOptional(z.coerce.number()), before: z.exactOptional(z.coerce.number()), limit: z.exactOptional(z.coerce.number()) }),
    response: z.object({ entries: z.array(auditEntry), /** `before` of the next page; null on the last. */ nextBefore: z.nullable(z.int()) }),
  },
  verifyAudit: {
    method: 'GET', path: '/api/v1/projects/:project/audit/verification', summary: 'Recompute the hash chain and say whether an entry was changed or removed', access: 'project.read',
    query: z.strictObject({ /** Takes over what this server has found whole within the last hour, and reads only what is newer. */ recent: z.exactOptional(z.literal('true')) }),
    response: z.object({ verified: z.boolean(), entries: z.int(), /** Hash of the newest entry; null where the chain is broken. */ head: z.nullable(z.string()), /** First entry that is missing, changed or out of place. */ brokenAt: z.nullable(z.int()), problem: z.nullable(z.string()), /** When every entry was read last. */ readAllAt: instant }),
  },
})
