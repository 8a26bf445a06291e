import type { ChangeReview, ChangeStatus } from '../contract/changes.ts'
import type { Targeting } from '../contract/flags.ts'
import { reviewPolicy } from '../contract/projects.ts'
import type { Role } from '../contract/roles.ts'
import type { Database, Prisma, Tx } from '../platform/postgres.ts'
import { type ChangeRecord, OPEN_STATUSES, type StoredReview } from './change-record.ts'
import type { Roles } from './tally-approvals.ts'

/** Changes that a list shows at most, newest first. */
const MOST_LISTED = 500

const related = {
  flag: { select: { id: true, key: true, name: true } },
  environment: { select: { id: true, key: true, policy: true } },
  reviews: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.ChangeInclude

type Row = Prisma.ChangeGetPayload<{ include: typeof related }>

/** What an author writes. */
export interface Proposal {
  basedOn: number
  base: Targeting
  proposed: Targeting
  reason: string
  schedule: ChangeRecord['schedule']
}

export interface ChangeFilter {
  /** Any of these. */
  statuses?: readonly ChangeStatus[]
  flag?: string
  environment?: string
}

export function createChangesStore(db: Database | Tx) {
  return {
    /** Newest first. */
    async list(projectId: string, { statuses, flag, environment }: ChangeFilter): Promise<ChangeRecord[]> {
      const rows = await db.change.findMany({
        where: {
          projectId,
          ...(statuses === undefined ? {} : { status: { in: [...statuses] } }),
          ...(flag === undefined ? {} : { flag: { key: flag } }),
          ...(environment === undefined ? {} : { environment: { key: environment } }),
        },
        include: related,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: MOST_LISTED,
      })
      return rows.map(toRecord)
    },

    async find(projectId: string, key: string): Promise<ChangeRecord | null> {
      const row = await db.change.findUnique({ where: { projectId_key: { projectId, key } }, include: related })
      return row && toRecord(row)
    },

    /** Changes whose time has come and that have not been tried, oldest first. */
    async due(now: Date): Promise<{ projectId: string; key: string }[]> {
      return db.change.findMany({ where: { status: { in: ['open', 'approved', 'scheduled'] }, applyAt: { lte: now }, failure: null }, orderBy: [{ applyAt: 'asc' }, { id: 'asc' }], take: 100, select: { projectId: true, key: true } })
    },

    /** Keys of what can still be applied to a flag. */
    async openOf(flagId: string): Promise<{ id: string; key: string; environment: string }[]> {
      const rows = await db.change.findMany({ where: { flagId, status: { in: [...OPEN_STATUSES] } }, orderBy: { createdAt: 'asc' }, select: { id: true, key: true, environment: { select: { key: true } } } })
      return rows.map(({ id, key, environment }) => ({ id, key, environment: environment.key }))
    },

    /** Takes the project's next number: call it inside the transaction that inserts. */
    async insert(projectId: string, to: { flagId: string; environmentId: string }, author: { id: string; name: string }, proposal: Proposal, at: Date): Promise<string> {
      const { changeCount } = await db.project.update({ where: { id: projectId }, data: { changeCount: { increment: 1 } }, select: { changeCount: true } })
      const key = `CH-${changeCount}`
      await db.change.create({ data: { projectId, ...to, key, status: 'open', authorId: author.id, authorName: author.name, ...proposalColumns(proposal), createdAt: at, changedAt: at } })
      return key
    },

    /** One more revision of the proposal; what failed with the older one is forgotten. */
    async propose(id: string, proposal: Proposal, at: Date): Promise<void> {
      await db.change.update({ where: { id }, data: { ...proposalColumns(proposal), revision: { increment: 1 }, status: 'open', failure: null, changedAt: at } })
    },

    async setStatus(id: string, status: ChangeStatus, at: Date, failure?: string): Promise<void> {
      await db.change.update({ where: { id }, data: { status, changedAt: at, ...(failure === undefined ? {} : { failure }) } })
    },

    async setApplied(id: string, { at, by, revision }: NonNullable<ChangeRecord['applied']>): Promise<void> {
      await db.change.update({ where: { id }, data: { status: 'applied', failure: null, appliedAt: at, appliedBy: by, appliedRevision: revision, changedAt: at } })
    },

    async addReview(changeId: string, { by, verdict, comment, at, revision }: StoredReview): Promise<void> {
      await db.changeReview.create({ data: { changeId, revision, userId: by.id, userName: by.name, verdict, comment, at } })
    },

    async roles(projectId: string): Promise<Roles> {
      const rows = await db.membership.findMany({ where: { projectId }, select: { userId: true, role: true } })
      return new Map(rows.map(({ userId, role }) => [userId, role as Role]))
    },
  }
}

function proposalColumns({ basedOn, base, proposed, reason, schedule }: Proposal) {
  return {
    basedOn,
    base: base as unknown as Prisma.InputJsonValue,
    proposed: proposed as unknown as Prisma.InputJsonValue,
    reason,
    scheduleLocal: schedule?.local ?? null,
    scheduleZone: schedule?.timeZone ?? null,
    applyAt: schedule?.at ?? null,
  }
}

function toRecord(row: Row): ChangeRecord {
  return {
    id: row.id,
    projectId: row.projectId,
    key: row.key,
    flag: row.flag,
    environment: { id: row.environment.id, key: row.environment.key, policy: reviewPolicy.parse(row.environment.policy) },
    status: row.status as ChangeStatus,
    reason: row.reason,
    author: { id: row.authorId, name: row.authorName },
    revision: row.revision,
    basedOn: row.basedOn,
    base: row.base as unknown as Targeting,
    proposed: row.proposed as unknown as Targeting,
    schedule: row.applyAt === null || row.scheduleLocal === null || row.scheduleZone === null ? null : { at: row.applyAt, local: row.scheduleLocal, timeZone: row.scheduleZone },
    failure: row.failure,
    applied: row.appliedAt === null || row.appliedBy === null || row.appliedRevision === null ? null : { at: row.appliedAt, by: row.appliedBy, revision: row.appliedRevision },
    createdAt: row.createdAt,
    changedAt: row.changedAt,
    reviews: row.reviews.map((review) => ({ by: { id: review.userId, name: review.userName }, verdict: review.verdict as ChangeReview['verdict'], comment: review.comment, at: review.at, revision: review.revision })),
  }
}
