import { standingVerdicts } from '../analysis/verdicts.store.ts'
import type { ExportRun } from '../contract/export-schedules.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import type { Role } from '../contract/roles.ts'
import { missingFromDraft } from '../hypotheses/missing.ts'
import { type Database, Prisma } from '../platform/postgres.ts'
import type { FailedExport, FailingWebhook, LeavingKey, OpenExperiment, OpenTask, OwnedFlag, Reader, RejectedChange, UntestedHypothesis } from './waiting-facts.ts'

/** Rows that are looked at of each kind, the newest first: who has more waiting does not read on. */
const MOST = 500

/** Facts of other features in the few columns that an inbox is made of: it is asked for all day, by everybody. */
export function createInboxStore(db: Database) {
  return {
    async members(projectId: string): Promise<Reader[]> {
      const rows = await db.membership.findMany({ where: { projectId }, select: { role: true, user: { select: { name: true } } } })
      return rows.map(({ role, user }) => ({ name: user.name, role: role as Role }))
    },

    async openExperiments(projectId: string): Promise<OpenExperiment[]> {
      const rows = await db.experiment.findMany({
        where: { projectId, status: { in: ['draft', 'running', 'stopped'] } },
        orderBy: { createdAt: 'desc' },
        take: MOST,
        select: {
          id: true, key: true, status: true, createdAt: true, startedAt: true, endedAt: true,
          hypothesis: { select: { title: true, draft: true, createdBy: true } },
          phases: { orderBy: { phase: 'desc' }, take: 1, select: { startedBy: true } },
        },
      })
      const ids = rows.filter(({ status }) => status !== 'draft').map(({ id }) => id)
      const [verdicts, since] = [await standingVerdicts(db, ids), await firstRead(db, ids)]
      return rows.map(({ id, status, hypothesis, phases, ...row }) => {
        const { decider, maxDays } = hypothesis.draft as unknown as HypothesisDraft
        const verdict = verdicts.get(id)
        const first = verdict && since.get(`${id} ${verdict.kind} ${verdict.final}`)
        return {
          ...row,
          title: hypothesis.title,
          status: status as OpenExperiment['status'],
          decider,
          maxDays,
          writtenBy: hypothesis.createdBy,
          startedBy: phases[0]?.startedBy ?? null,
          verdict: verdict && first ? { kind: verdict.kind, final: verdict.final, sentence: verdict.sentence, since: first } : null,
        }
      })
    },

    async untestedHypotheses(projectId: string): Promise<UntestedHypothesis[]> {
      const rows = await db.hypothesis.findMany({ where: { projectId, experiments: { none: {} } }, orderBy: { changedAt: 'desc' }, take: MOST, select: { key: true, title: true, draft: true, createdBy: true, changedAt: true } })
      return rows.map(({ key, title, draft, createdBy, changedAt }) => ({ key, title, writtenBy: createdBy, changedAt, missing: missingFromDraft(draft as unknown as HypothesisDraft).map(({ message }) => message) }))
    },

    /** What others closed of somebody's proposals since then. Gone once they proposed something else in the same place. */
    async rejectedChanges(projectId: string, authorId: string, since: Date): Promise<RejectedChange[]> {
      const rows = await db.change.findMany({ where: { projectId, authorId, status: 'rejected', changedAt: { gte: since } }, orderBy: { changedAt: 'desc' }, take: MOST, select: { key: true, reason: true, changedAt: true, flagId: true, environmentId: true, flag: { select: { name: true } }, environment: { select: { key: true } } } })
      if (rows.length === 0) return []
      const later = await db.change.findMany({ where: { projectId, authorId, createdAt: { gte: since }, flagId: { in: rows.map(({ flagId }) => flagId) } }, select: { flagId: true, environmentId: true, createdAt: true } })
      const entries = await db.auditEntry.findMany({ where: { projectId, entityKind: 'change', action: 'change.rejected', entityKey: { in: rows.map(({ key }) => key) } }, select: { entityKey: true, actorName: true, reason: true } })
      return rows
        .filter((row) => !later.some((other) => other.flagId === row.flagId && other.environmentId === row.environmentId && other.createdAt > row.changedAt))
        .map(({ key, reason, changedAt, flag, environment }) => {
          const entry = entries.find(({ entityKey }) => entityKey === key)
          return { key, reason, flagName: flag.name, environment: environment.key, at: changedAt, by: entry?.actorName ?? null, why: entry?.reason ?? null }
        })
    },

    /** Open tasks of somebody, and of nobody. */
    async openTasks(projectId: string, assignee: string): Promise<OpenTask[]> {
      const rows = await db.task.findMany({ where: { projectId, doneAt: null, assignee: { in: [assignee, ''] } }, orderBy: { dueAt: { sort: 'asc', nulls: 'last' } }, take: MOST, select: { key: true, title: true, assignee: true, dueAt: true, createdAt: true } })
      return rows.map(({ dueAt, ...row }) => ({ ...row, dueAt: dueAt?.toISOString().slice(0, 10) ?? null }))
    },

    async flagsPastTheirDay(projectId: string, owner: string, now: Date): Promise<OwnedFlag[]> {
      const rows = await db.flag.findMany({ where: { projectId, owner, archivedAt: null, expectedRemoval: { lt: now } }, orderBy: { expectedRemoval: 'asc' }, take: MOST, select: { key: true, name: true, expectedRemoval: true } })
      return rows.flatMap(({ expectedRemoval, ...row }) => (expectedRemoval === null ? [] : [{ ...row, expectedRemoval: expectedRemoval.toISOString().slice(0, 10) }]))
    },

    /** Exports in somebody's name that failed and are not tried again by themselves. */
    async failedExports(projectId: string, userId: string): Promise<FailedExport[]> {
      const rows = await db.exportSchedule.findMany({ where: { projectId, enabled: true, source: { path: ['by', 'id'], equals: userId }, lastRun: { path: ['state'], equals: 'failed' } }, orderBy: { lastRunAt: 'desc' }, take: MOST, select: { id: true, name: true, lastRun: true } })
      return rows.flatMap(({ id, name, lastRun }) => {
        const { retryAt, finishedAt, startedAt, error } = lastRun as unknown as ExportRun
        return retryAt === null ? [{ id, name, at: new Date(finishedAt ?? startedAt), error }] : []
      })
    },

    async failingWebhooks(projectId: string): Promise<FailingWebhook[]> {
      const rows = await db.webhook.findMany({ where: { projectId, failingSince: { not: null }, OR: [{ enabled: true }, { offBecause: { not: null } }] }, orderBy: { failingSince: 'asc' }, take: MOST, select: { id: true, name: true, createdBy: true, failingSince: true, offBecause: true } })
      return rows.flatMap(({ failingSince, ...row }) => (failingSince === null ? [] : [{ ...row, since: failingSince }]))
    },

    async leavingKeys(projectId: string, now: Date): Promise<LeavingKey[]> {
      const rows = await db.sdkKey.findMany({
        where: { environment: { projectId }, revokedAt: null, expiresAt: { gt: now }, lastUsedAt: { not: null } }, orderBy: { expiresAt: 'asc' }, take: MOST,
        select: { prefix: true, name: true, expiresAt: true, lastUsedAt: true, lastUsedBy: true, replacedBy: { select: { createdAt: true, createdBy: true } } },
      })
      return rows.flatMap(({ prefix, name, expiresAt, lastUsedAt, lastUsedBy, replacedBy }) =>
        replacedBy === null || expiresAt === null || lastUsedAt === null || lastUsedAt <= replacedBy.createdAt ? [] : [{ prefix, name, stopsAt: expiresAt, usedBy: lastUsedBy, rotatedBy: replacedBy.createdBy, rotatedAt: replacedBy.createdAt }])
    },
  }
}

/** When each verdict was reached first in the phase that an experiment is in, by `id kind final`. */
async function firstRead(db: Database, experimentIds: readonly string[]): Promise<Map<string, Date>> {
  if (experimentIds.length === 0) return new Map()
  const ids = Prisma.join(experimentIds.map((id) => Prisma.sql`${id}::uuid`))
  const rows = await db.$queryRaw<{ id: string; kind: string; final: boolean; at: Date }[]>`
    SELECT s."experimentId"::text AS "id", s."verdictKind" AS "kind", s."verdictFinal" AS "final", MIN(s."at") AS "at"
    FROM "analysis_snapshot" s JOIN "experiment" e ON e."id" = s."experimentId" AND e."phase" = s."phase"
    WHERE s."experimentId" IN (${ids}) GROUP BY 1, 2, 3`
  return new Map(rows.map(({ id, kind, final, at }) => [`${id} ${kind} ${final}`, at]))
}
