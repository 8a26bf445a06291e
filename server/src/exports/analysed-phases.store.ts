import type { Analysis } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { readSealedPlan } from '../experiments/read-sealed-plan.ts'
import type { Database } from '../platform/postgres.ts'

/** The newest analysis of every phase of an experiment, in order, with the plan that was sealed for it; null where only the current phase's is kept. */
export async function analysedPhases(db: Database, projectId: string, experiment: string): Promise<{ plan: Plan | null; analysis: Analysis }[]> {
  const rows = await db.$queryRaw<{ plan: string | null; result: Analysis }[]>`
    SELECT DISTINCT ON (s."phase") p."plan" AS "plan", s."result" AS "result"
    FROM "analysis_snapshot" s JOIN "experiment" e ON e."id" = s."experimentId"
    LEFT JOIN "experiment_phase" p ON p."experimentId" = s."experimentId" AND p."phase" = s."phase"
    WHERE e."projectId" = ${projectId}::uuid AND e."key" = ${experiment}
    ORDER BY s."phase", s."at" DESC`
  return rows.map(({ plan, result }) => ({ plan: plan === null ? null : readSealedPlan(plan), analysis: result }))
}
