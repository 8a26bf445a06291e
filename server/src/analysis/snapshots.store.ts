import type { Analysis, Verdict } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { effectivePlan } from '../experiments/effective-plan.ts'
import { readSealedPlan } from '../experiments/read-sealed-plan.ts'
import type { Database } from '../platform/postgres.ts'
import type { Look } from './looks.ts'
import { dayOf } from './phase-days.ts'

/** Says that an experiment has newer numbers: `projectId:key`. */
export const ANALYSIS_CHANNEL = 'assay_analysis'

/** A started experiment as the analysis needs it: in the phase it is in, which has started later than the experiment where it is not the first. */
export interface StartedExperiment {
  id: string
  projectId: string
  environmentId: string
  phase: number
  /** As it is read: what was sealed, with what people extended since. */
  plan: Plan
  /** Of what was sealed. */
  planHash: string
  startedAt: Date
  endedAt: Date | null
}

/** Analyses as they were stored. Per phase one is kept for each day, and each look of a group-sequential plan, and the first final verdict. */
export function createSnapshotsStore(db: Database) {
  return {
    /** Null for an experiment that does not exist or has not started. */
    async experiment(id: string): Promise<StartedExperiment | null> {
      const row = await db.experiment.findUnique({ where: { id }, select: {
        projectId: true, environmentId: true, phase: true, plan: true, planHash: true, startedAt: true, endedAt: true,
        phases: { select: { phase: true, startedAt: true } }, deviations: { orderBy: [{ at: 'asc' }, { id: 'asc' }], select: { phase: true, what: true, registered: true, now: true } },
      } })
      if (!row || row.plan === null || row.planHash === null || row.startedAt === null) return null
      const { phases, deviations, plan, planHash, ...known } = row
      return { ...known, id, plan: effectivePlan(readSealedPlan(plan), deviations), planHash, startedAt: phases.find(({ phase }) => phase === row.phase)?.startedAt ?? row.startedAt }
    },

    /** Ids of the experiments whose numbers still move: running ones, and those that ended after `since`. */
    async toAnalyse(since: Date): Promise<string[]> {
      const rows = await db.experiment.findMany({ where: { startedAt: { not: null }, OR: [{ status: 'running' }, { endedAt: { gte: since } }] }, orderBy: { startedAt: 'asc' }, select: { id: true } })
      return rows.map((row) => row.id)
    },

    /** The newest snapshot of the phase that the experiment is in, and whether somebody changed the experiment since. */
    async newest({ id, phase }: StartedExperiment): Promise<{ at: Date; engineVersion: string; movedSince: boolean } | null> {
      const row = await db.analysisSnapshot.findFirst({ where: { experimentId: id, phase }, orderBy: { at: 'desc' }, select: { at: true, engineVersion: true } })
      if (!row) return null
      const moves = await db.experimentDeviation.count({ where: { experimentId: id, at: { gt: row.at } } })
      return { ...row, movedSince: moves > 0 }
    },

    async looks(experimentId: string, phase: number): Promise<Look[]> {
      const rows = await db.analysisSnapshot.findMany({ where: { experimentId, phase, information: { not: null } }, orderBy: { at: 'asc' }, select: { at: true, information: true } })
      return rows.flatMap(({ at, information }) => (information === null ? [] : [{ at, information }]))
    },

    async lastLookVerdict(experimentId: string, phase: number): Promise<Verdict | null> {
      const row = await db.analysisSnapshot.findFirst({ where: { experimentId, phase, information: { not: null } }, orderBy: { at: 'desc' }, select: { result: true } })
      return row && (row.result as unknown as Analysis).verdict
    },

    /** Stores an analysis. The one before it goes, where it is of the same day and nothing rests on it. */
    async insert(experiment: StartedExperiment, analysis: Analysis, information: number | null): Promise<void> {
      const of = { experimentId: experiment.id, phase: experiment.phase }
      const at = new Date(analysis.at)
      await db.$transaction(async (tx) => {
        const before = await tx.analysisSnapshot.findFirst({ where: of, orderBy: { at: 'desc' }, select: { id: true, at: true, information: true, verdictFinal: true } })
        const firstFinal = before?.verdictFinal ? await tx.analysisSnapshot.findFirst({ where: { ...of, verdictFinal: true }, orderBy: { at: 'asc' }, select: { id: true } }) : null
        if (before && before.information === null && before.id !== firstFinal?.id && dayOf(before.at) === dayOf(at)) await tx.analysisSnapshot.delete({ where: { id: before.id } })
        const { verdict, planHash, engineVersion } = analysis
        await tx.analysisSnapshot.create({ data: { ...of, at, planHash, engineVersion, result: analysis, information, verdictKind: verdict.kind, verdictFinal: verdict.final } })
        // Sent when the transaction commits.
        await tx.$executeRaw`SELECT pg_notify(${ANALYSIS_CHANNEL}, "projectId"::text || ':' || "key") FROM "experiment" WHERE "id" = ${experiment.id}::uuid`
      })
    },
  }
}
