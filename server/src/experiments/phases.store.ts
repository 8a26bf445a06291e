import type { Analysis } from '../contract/analysis.ts'
import type { ExperimentDetail, Plan } from '../contract/experiments.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import type { LoggedDeviation } from './effective-plan.ts'
import { readSealedPlan } from './read-sealed-plan.ts'

export interface Phase {
  phase: number
  plan: Plan
  planHash: string
  startedAt: Date
  startedBy: string
  endedAt: Date | null
  reason: string | null
}

/** A move that the plan did not foresee, with who made it and why. */
export interface RecordedDeviation extends LoggedDeviation {
  at: Date
  by: string
  reason: string
}

export type PhaseReading = Pick<NonNullable<ExperimentDetail['phases']>[number], 'people' | 'verdict'>

/** The phases of an experiment, each with its sealed plan, and the log of what was done to them. */
export function createPhasesStore(db: Database | Tx) {
  return {
    async phases(experimentId: string): Promise<Phase[]> {
      const rows = await db.experimentPhase.findMany({ where: { experimentId }, orderBy: { phase: 'asc' } })
      return rows.map(({ experimentId: _of, plan, ...row }) => ({ ...row, plan: readSealedPlan(plan) }))
    },

    async begin(experimentId: string, phase: Omit<Phase, 'plan' | 'endedAt'> & { plan: string }): Promise<void> {
      await db.experimentPhase.create({ data: { experimentId, ...phase } })
    },

    /** Null where a stopped phase goes on. */
    async end(experimentId: string, phase: number, endedAt: Date | null): Promise<void> {
      await db.experimentPhase.updateMany({ where: { experimentId, phase }, data: { endedAt } })
    },

    async log(experimentId: string, deviations: readonly RecordedDeviation[]): Promise<void> {
      await db.experimentDeviation.createMany({ data: deviations.map((deviation) => ({ experimentId, ...deviation })) })
    },

    /** In the order of time. */
    async logged(experimentId: string): Promise<RecordedDeviation[]> {
      const rows = await db.experimentDeviation.findMany({ where: { experimentId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })
      return rows.map(({ phase, at, by, what, registered, now, reason }) => ({ phase, at, by, what, registered, now, reason }))
    },

    /** What the newest analysis of each phase said, by phase. */
    async readings(experimentId: string): Promise<Map<number, PhaseReading>> {
      const rows = await db.$queryRaw<{ phase: number; arms: Analysis['arms']; verdict: Analysis['verdict'] }[]>`
        SELECT DISTINCT ON ("phase") "phase", "result"->'arms' AS "arms", "result"->'verdict' AS "verdict" FROM "analysis_snapshot" WHERE "experimentId" = ${experimentId}::uuid ORDER BY "phase", "at" DESC`
      return new Map(rows.map(({ phase, arms, verdict: { kind, final, sentence } }) => [phase, { people: arms.reduce((sum, { n }) => sum + n, 0), verdict: { kind, final, sentence } }]))
    },

    /** Running experiments whose plan has steps of the coverage. */
    async stepping(): Promise<{ projectId: string; key: string }[]> {
      const rows = await db.experiment.findMany({ where: { status: 'running', plan: { contains: '"coverageSteps":' } }, orderBy: { createdAt: 'asc' }, select: { projectId: true, key: true } })
      return rows
    },
  }
}
