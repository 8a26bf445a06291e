import type { AuditEntry, AuditKind } from '../contract/audit.ts'
import type { Actor } from '../http/register.ts'
import { Prisma, type Database, type Tx } from '../platform/postgres.ts'
import { queueDeliveries } from '../webhooks/outbox.store.ts'
import { CHAIN_START, chainHash } from './audit-chain.ts'

/** Says that a project's log has grown: `projectId:seq`. */
export const AUDIT_CHANNEL = 'assay_audit'

/** One change to record. `before` and `after` are stored as JSON; null and absent are the same. */
export interface NewAuditEntry {
  at: Date
  /** Null where Assay itself acted. */
  actor: Actor | null
  /** Verb in the past tense, such as `flag.turned_off`. */
  action: string
  entityKind: AuditKind
  entityKey: string
  environment?: string
  before?: unknown
  after?: unknown
  reason?: string
  revision?: number
}

/** `brokenAt` is the first entry that is missing, changed or out of place. */
export type ChainVerdict = { verified: true; entries: number; head: string } | { verified: false; entries: number; brokenAt: number; problem: string }

export interface AuditFilter {
  kind?: string | undefined
  key?: string | undefined
  environment?: string | undefined
  /** Name of a person as the entries have it. */
  actor?: string | undefined
  /** Instants in ISO 8601, both included. */
  from?: string | undefined
  to?: string | undefined
  /** One entry alone, by its `seq`. */
  entry?: number | undefined
  /** Only entries with a smaller `seq`. */
  before?: number | undefined
  limit: number
}

type Row = Awaited<ReturnType<Database['auditEntry']['findMany']>>[number]

/**
 * Extends the project's chain by one entry, under the project's row lock: the chain has one order and no gaps. What is
 * due to webhooks is written with it.
 */
export async function appendAudit(tx: Tx, projectId: string, entry: NewAuditEntry): Promise<void> {
  const [head] = await tx.$queryRaw<{ key: string; seq: number; hash: string }[]>`SELECT "key", "auditSeq" AS "seq", "auditHash" AS "hash" FROM "project" WHERE "id" = ${projectId}::uuid FOR UPDATE`
  if (!head) throw new Error(`There is no project ${projectId} to audit.`)
  const chained = {
    projectId,
    seq: head.seq + 1,
    at: entry.at,
    actorId: entry.actor?.id ?? null,
    actorName: entry.actor?.name ?? 'Assay',
    tokenName: entry.actor?.token ?? null,
    action: entry.action,
    entityKind: entry.entityKind,
    entityKey: entry.entityKey,
    environment: entry.environment ?? null,
    before: plainJson(entry.before),
    after: plainJson(entry.after),
    reason: entry.reason ?? null,
    revision: entry.revision ?? null,
  }
  const hash = chainHash(head.hash, chained)
  await tx.auditEntry.create({ data: { ...chained, before: jsonColumn(chained.before), after: jsonColumn(chained.after), previousHash: head.hash, hash } })
  await tx.project.update({ where: { id: projectId }, data: { auditSeq: chained.seq, auditHash: hash } })
  await queueDeliveries(tx, { id: projectId, key: head.key }, toEntry({ ...chained, hash, previousHash: head.hash }))
  // Sent when the transaction commits.
  await tx.$executeRaw`SELECT pg_notify(${AUDIT_CHANNEL}, ${`${projectId}:${chained.seq}`})`
}

/** The part of a chain that was found whole: up to this entry. */
export interface VerifiedPart {
  seq: number
  hash: string
}

/**
 * Recomputes the chain up to its head: the whole of it, or from the newest entry of a part that was found whole before.
 * Entries committed meanwhile are left to the next call.
 */
export async function verifyAudit(db: Database | Tx, projectId: string, known?: VerifiedPart): Promise<ChainVerdict> {
  const project = await db.project.findUniqueOrThrow({ where: { id: projectId }, select: { auditSeq: true, auditHash: true } })
  const broken = (brokenAt: number, problem: string): ChainVerdict => ({ verified: false, entries: project.auditSeq, brokenAt, problem })
  let previousHash = CHAIN_START
  let seq = 0
  if (known && known.seq > 0) {
    const newest = await db.auditEntry.findUnique({ where: { projectId_seq: { projectId, seq: known.seq } } })
    if (!newest || project.auditSeq < known.seq) return broken(known.seq, `Entry ${known.seq} is missing.`)
    if (newest.hash !== known.hash || chainHash(newest.previousHash, newest) !== newest.hash) return broken(known.seq, `Entry ${known.seq} was changed after it was written.`)
    previousHash = known.hash
    seq = known.seq
  }
  while (seq < project.auditSeq) {
    const page = await db.auditEntry.findMany({ where: { projectId, seq: { gt: seq, lte: project.auditSeq } }, orderBy: { seq: 'asc' }, take: 500 })
    if (page.length === 0) return broken(seq + 1, `Entry ${seq + 1} is missing.`)
    for (const row of page) {
      if (row.seq !== seq + 1) return broken(seq + 1, `Entry ${seq + 1} is missing.`)
      if (row.previousHash !== previousHash) return broken(row.seq, `Entry ${row.seq} does not continue the entry before it.`)
      if (chainHash(previousHash, row) !== row.hash) return broken(row.seq, `Entry ${row.seq} was changed after it was written.`)
      seq = row.seq
      previousHash = row.hash
    }
  }
  if (previousHash !== project.auditHash) return broken(project.auditSeq, 'The newest entry is not the one the project remembers.')
  return { verified: true, entries: project.auditSeq, head: previousHash }
}

export function createAuditStore(db: Database | Tx) {
  return {
    /** Who changed something last, and when; Assay, with the project, where nobody has. */
    async lastChange(projectId: string, entityKind: string, entityKey: string): Promise<{ by: string; at: Date }> {
      const entry = await db.auditEntry.findFirst({ where: { projectId, entityKind, entityKey }, orderBy: { seq: 'desc' }, select: { actorName: true, at: true } })
      if (entry) return { by: entry.actorName, at: entry.at }
      const { createdAt } = await db.project.findUniqueOrThrow({ where: { id: projectId }, select: { createdAt: true } })
      return { by: 'Assay', at: createdAt }
    },

    /** Newest first. */
    async list(projectId: string, { kind, key, environment, actor, from, to, entry, before, limit }: AuditFilter): Promise<AuditEntry[]> {
      const rows = await db.auditEntry.findMany({
        where: {
          projectId,
          ...(kind === undefined ? {} : { entityKind: kind }),
          ...(key === undefined ? {} : { entityKey: key }),
          ...(environment === undefined ? {} : { environment }),
          ...(actor === undefined ? {} : { actorName: actor }),
          ...(from === undefined && to === undefined ? {} : { at: { ...(from === undefined ? {} : { gte: new Date(from) }), ...(to === undefined ? {} : { lte: new Date(to) }) } }),
          ...(before === undefined && entry === undefined ? {} : { seq: { ...(before === undefined ? {} : { lt: before }), ...(entry === undefined ? {} : { equals: entry }) } }),
        },
        orderBy: { seq: 'desc' },
        take: limit,
      })
      return rows.map(toEntry)
    },
  }
}

function toEntry(row: Omit<Row, 'before' | 'after'> & { before: unknown; after: unknown }): AuditEntry {
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    actor: { id: row.actorId, name: row.actorName, ...(row.tokenName === null ? {} : { token: row.tokenName }) },
    action: row.action,
    entity: { kind: row.entityKind, key: row.entityKey },
    environment: row.environment,
    before: row.before as AuditEntry['before'],
    after: row.after as AuditEntry['after'],
    reason: row.reason,
    revision: row.revision,
    hash: row.hash,
  }
}

/** What reading the value back will give, so that the hash is of what is stored. */
function plainJson(value: unknown): Prisma.InputJsonValue | null {
  return value === undefined || value === null ? null : (JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue | null)
}

function jsonColumn(value: Prisma.InputJsonValue | null): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return value ?? Prisma.DbNull
}
