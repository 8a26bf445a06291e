import { Prisma, type Database, type Tx } from '../platform/postgres.ts'
import type { FlagEntry, FlagMemory, FlagStep } from './flag-step.ts'
import { ROLLBACK_WINDOW_MS } from './rollback.ts'

/** A flag in an environment. */
export interface Place {
  flag: string
  environment: string
}

interface Exposed extends Place {
  exposedAt: Date | null
  full: boolean
}

/** Archiving turns a flag off in each environment and withdraws its changes before it says so: within this many entries. */
const ARCHIVE_ENTRIES = 200

/** The flag steps of a project and how far its audit log has been read for them. */
export function createFlagStepsStore(db: Database | Tx) {
  return {
    /** Projects whose log is longer than what has been read. */
    async behind(): Promise<string[]> {
      const rows = await db.$queryRaw<{ id: string }[]>`SELECT p."id" FROM "project" p LEFT JOIN "flag_step_mark" m ON m."projectId" = p."id" WHERE p."auditSeq" > coalesce(m."seq", 0)`
      return rows.map(({ id }) => id)
    },

    async isBehind(projectId: string): Promise<boolean> {
      const rows = await db.$queryRaw<{ behind: boolean }[]>`SELECT p."auditSeq" > coalesce(m."seq", 0) AS "behind" FROM "project" p LEFT JOIN "flag_step_mark" m ON m."projectId" = p."id" WHERE p."id" = ${projectId}::uuid`
      return rows[0]?.behind === true
    },

    /** Where to go on reading, and where the log ends. Nobody else reads the same log until the transaction ends. */
    async lockMark(projectId: string): Promise<{ seq: number; head: number }> {
      await db.$executeRaw`INSERT INTO "flag_step_mark" ("projectId", "seq") VALUES (${projectId}::uuid, 0) ON CONFLICT DO NOTHING`
      const [mark] = await db.$queryRaw<{ seq: number }[]>`SELECT "seq" FROM "flag_step_mark" WHERE "projectId" = ${projectId}::uuid FOR UPDATE`
      const { auditSeq } = await db.project.findUniqueOrThrow({ where: { id: projectId }, select: { auditSeq: true } })
      return { seq: mark?.seq ?? 0, head: auditSeq }
    },

    async moveMark(projectId: string, seq: number): Promise<void> {
      await db.flagStepMark.update({ where: { projectId }, data: { seq } })
    },

    /** Entries about a flag in an environment, oldest first. */
    async entries(projectId: string, after: number, upTo: number): Promise<FlagEntry[]> {
      const rows = await db.auditEntry.findMany({
        where: { projectId, seq: { gt: after, lte: upTo }, entityKind: 'flag', environment: { not: null }, revision: { not: null } },
        select: { seq: true, at: true, action: true, entityKey: true, environment: true, actorName: true, before: true, after: true },
        orderBy: { seq: 'asc' },
      })
      return rows.flatMap(({ environment, entityKey, actorName, ...row }) => (environment === null ? [] : [{ ...row, flag: entityKey, environment, by: actorName }]))
    },

    /** Which flags were archived, and when. */
    async archivals(projectId: string, after: number, upTo: number): Promise<{ flag: string; at: Date }[]> {
      const rows = await db.auditEntry.findMany({ where: { projectId, seq: { gt: after, lte: upTo + ARCHIVE_ENTRIES }, entityKind: 'flag', action: 'flag.archived' }, select: { entityKey: true, at: true } })
      return rows.map(({ entityKey, at }) => ({ flag: entityKey, at }))
    },

    /** What is remembered of each place at `since`, in the order of the places. */
    async memories(projectId: string, places: readonly Place[], since: Date): Promise<FlagMemory[]> {
      if (places.length === 0) return []
      const wanted = Prisma.join(places.map(({ flag, environment }) => Prisma.sql`(${flag}, ${environment})`))
      const exposed = await db.$queryRaw<Exposed[]>`
        SELECT last.* FROM (VALUES ${wanted}) AS place ("flag", "environment"), LATERAL (
          SELECT s."flag", s."environment", s."exposedAt", s."full" FROM "flag_step" s
          WHERE s."projectId" = ${projectId}::uuid AND s."flag" = place."flag" AND s."environment" = place."environment" ORDER BY s."seq" DESC LIMIT 1
        ) AS last`
      const standing = await db.flagStep.findMany({
        where: { projectId, at: { gte: new Date(since.getTime() - ROLLBACK_WINDOW_MS) }, isOn: true, rollbackOf: null, takenBackBy: null, flag: { in: places.map(({ flag }) => flag) } },
        select: { seq: true, at: true, flag: true, environment: true, before: true },
        orderBy: { seq: 'asc' },
      })
      return places.map((place) => {
        const last = exposed.find((row) => isAt(row, place))
        return {
          exposure: last?.exposedAt ? { since: last.exposedAt, full: last.full } : null,
          standing: standing.filter((row) => isAt(row, place)).map(({ seq, at, before }) => ({ seq, at, before })),
        }
      })
    },

    async insert(projectId: string, steps: readonly FlagStep[]): Promise<void> {
      const takenBack = new Map(steps.flatMap(({ seq, rollback }) => (rollback?.takesBack ?? []).map((change) => [change, seq] as const)))
      await db.flagStep.createMany({ data: steps.map(({ rollback, ...step }) => ({ projectId, ...step, rollbackOf: rollback?.of ?? null, rollbackHow: rollback?.how ?? null, takenBackBy: takenBack.get(step.seq) ?? null })) })
      for (const { seq } of steps) takenBack.delete(seq)
      if (takenBack.size === 0) return
      const earlier = Prisma.join([...takenBack].map(([change, by]) => Prisma.sql`(${change}::int, ${by}::int)`))
      await db.$executeRaw`UPDATE "flag_step" s SET "takenBackBy" = t."by" FROM (VALUES ${earlier}) AS t ("seq", "by") WHERE s."projectId" = ${projectId}::uuid AND s."seq" = t."seq"`
    },
  }
}

function isAt(row: Place, { flag, environment }: Place): boolean {
  return row.flag === flag && row.environment === environment
}
