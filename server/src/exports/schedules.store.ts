import type { ExportDestination, ExportRun, ExportSchedule, ExportSetup } from '../contract/export-schedules.ts'
import type { Actor } from '../http/register.ts'
import type { Database, Tx } from '../platform/postgres.ts'

/** A destination with what only the server knows of it. */
export type StoredDestination = ExportDestination & { secret?: string }

export interface ScheduleRecord {
  projectId: string
  projectKey: string
  /** In whose name it runs. */
  by: Actor
  /** When it runs next; of no meaning while it is off. */
  nextRunAt: Date
  secret: string | null
  schedule: ExportSchedule
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number]
const withProject = { project: { select: { key: true } } } as const
const byName = { name: 'asc' } as const

export function createSchedulesStore(db: Database | Tx) {
  return {
    async list(projectId: string): Promise<ScheduleRecord[]> {
      return (await rowsOf(db, projectId)).map(toRecord)
    },

    async find(projectId: string, id: string): Promise<ScheduleRecord | null> {
      const row = await db.exportSchedule.findFirst({ where: { id, projectId }, include: withProject })
      return row && toRecord(row)
    },

    async isNamed(projectId: string, name: string): Promise<string | null> {
      return (await db.exportSchedule.findUnique({ where: { projectId_name: { projectId, name } }, select: { id: true } }))?.id ?? null
    },

    async insert(projectId: string, setup: ExportSetup, by: Actor, secret: string | null, nextRunAt: Date, createdAt: Date): Promise<ScheduleRecord> {
      return toRecord(await db.exportSchedule.create({ data: { projectId, ...columnsOf(setup, by, secret), nextRunAt, createdAt, createdBy: by.name }, include: withProject }))
    },

    async update(id: string, setup: ExportSetup, by: Actor, secret: string | null, nextRunAt: Date): Promise<ScheduleRecord> {
      return toRecord(await db.exportSchedule.update({ where: { id }, data: { ...columnsOf(setup, by, secret), nextRunAt, revision: { increment: 1 } }, include: withProject }))
    },

    async remove(id: string): Promise<void> {
      await db.exportSchedule.delete({ where: { id } })
    },

    /** What is due, the longest waiting first. */
    async due(now: Date): Promise<ScheduleRecord[]> {
      return (await db.exportSchedule.findMany({ where: { enabled: true, nextRunAt: { lte: now } }, orderBy: { nextRunAt: 'asc' }, include: withProject })).map(toRecord)
    },

    /** Makes it due now, as a run of its own. */
    async makeDue(id: string, now: Date, lastRun: ExportRun | null): Promise<ScheduleRecord> {
      return toRecord(await db.exportSchedule.update({ where: { id }, data: { nextRunAt: now, ...(lastRun ? { lastRun } : {}) }, include: withProject }))
    },

    async begin(id: string, run: ExportRun): Promise<void> {
      await db.exportSchedule.updateMany({ where: { id }, data: { lastRun: run, lastRunAt: new Date(run.startedAt) } })
    },

    /** Keeps what came of a run. The next time stands as it is where somebody has set it meanwhile. */
    async end(id: string, run: ExportRun, { from, to }: { from: Date; to: Date }): Promise<void> {
      await db.exportSchedule.updateMany({ where: { id }, data: { lastRun: run } })
      await db.exportSchedule.updateMany({ where: { id, nextRunAt: from }, data: { nextRunAt: to } })
    },
  }
}

function rowsOf(db: Database | Tx, projectId: string) {
  return db.exportSchedule.findMany({ where: { projectId }, orderBy: byName, include: withProject })
}

function columnsOf({ name, source, format, every, hour, destination, enabled }: ExportSetup, { id, name: by }: Actor, secret: string | null) {
  return { name, source: { ...source, hour, by: { id, name: by } }, format, every, destination: { ...destination, ...(secret === null ? {} : { secret }) }, enabled }
}

function toRecord(row: Row): ScheduleRecord {
  const { hour, by, ...source } = row.source as unknown as ExportSetup['source'] & { hour: number; by: Actor }
  const { secret, ...destination } = row.destination as unknown as StoredDestination
  return {
    projectId: row.projectId,
    projectKey: row.project.key,
    by,
    nextRunAt: row.nextRunAt,
    secret: secret ?? null,
    schedule: {
      id: row.id,
      name: row.name,
      source,
      format: row.format as ExportSetup['format'],
      every: row.every as ExportSetup['every'],
      hour,
      destination: destination,
      enabled: row.enabled,
      revision: row.revision,
      runsAs: by.name,
      createdAt: row.createdAt.toISOString(),
      createdBy: row.createdBy,
      nextRunAt: row.enabled ? row.nextRunAt.toISOString() : null,
      lastRun: row.lastRun as unknown as ExportRun | null,
    },
  }
}
