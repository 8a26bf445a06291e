import { standingVerdicts } from '../analysis/verdicts.store.ts'
import type { Analysis, Verdict } from '../contract/analysis.ts'
import type { ExperimentDetail, ExperimentSetup, ExperimentStatus, ExperimentSummary, Plan } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { readSealedPlan } from './read-sealed-plan.ts'

const related = {
  environment: { select: { id: true, key: true } },
  hypothesis: { select: { id: true, key: true, level: true, draft: true, revision: true, changedAt: true, changedBy: true } },
  flag: { select: { id: true, key: true } },
  snapshots: { orderBy: { at: 'desc' }, take: 1, select: { phase: true, result: true } },
} as const

/** An experiment with the rows it belongs to. */
export interface ExperimentRecord {
  id: string
  environmentId: string
  flagId: string
  hypothesisId: string
  draft: HypothesisDraft
  hypothesisRevision: number
  /** Who changed the hypothesis last. */
  hypothesisChanged: { by: string; at: string }
  summary: ExperimentSummary
  plan: Plan | null
  /** Newest analysis of the phase that it is in. */
  analysis: Analysis | null
}

export interface ExperimentTarget {
  flagId: string
  environmentId: string
  /** Whether the environment is marked as production. */
  production: boolean
  variants: string[]
}

/** Where a move leads, beside what it changes. */
interface Moved {
  status: ExperimentStatus
}

export function createExperimentsStore(db: Database | Tx) {
  return {
    async list(projectId: string): Promise<ExperimentRecord[]> {
      const rows = await rowsOf(db, projectId)
      const verdicts = await standingVerdicts(db, rows.map((row) => row.id))
      return rows.map((row) => toRecord(row, verdicts.get(row.id) ?? null))
    },

    async find(projectId: string, key: string): Promise<ExperimentRecord | null> {
      const row = await db.experiment.findUnique({ where: { projectId_key: { projectId, key } }, include: related })
      return row ? toRecord(row, (await standingVerdicts(db, [row.id])).get(row.id) ?? null) : null
    },

    /** The flag and environment that a setup names; null where one does not exist. */
    async target(projectId: string, flagKey: string, environmentKey: string): Promise<ExperimentTarget | null> {
      const flag = await db.flag.findUnique({ where: { projectId_key: { projectId, key: flagKey } }, include: { variants: { orderBy: { position: 'asc' }, select: { key: true } } } })
      const environment = await db.environment.findUnique({ where: { projectId_key: { projectId, key: environmentKey } }, select: { id: true, production: true } })
      if (!flag || !environment) return null
      return { flagId: flag.id, environmentId: environment.id, production: environment.production, variants: flag.variants.map((variant) => variant.key) }
    },

    /** Keys of the experiments that run on a flag in an environment. */
    async runningOn(flagId: string, environmentId: string): Promise<string[]> {
      return (await db.experiment.findMany({ where: { flagId, environmentId, status: 'running' }, select: { key: true } })).map((row) => row.key)
    },

    /** The experiments that run in an environment and decide by a metric, as sealed. */
    async runningBy(environmentId: string, metric: string): Promise<{ key: string; layer: string | null }[]> {
      const rows = await db.experiment.findMany({ where: { environmentId, status: 'running', plan: { contains: `"key":${JSON.stringify(metric)}` } }, select: { key: true, plan: true } })
      return rows.flatMap(({ key, plan: sealed }) => {
        const plan = sealed === null ? null : readSealedPlan(sealed)
        return plan?.metrics.some(({ key, role }) => role === 'primary' && key === metric) ? [{ key, layer: plan.layer?.key ?? null }] : []
      })
    },

    /** How many SDKs were heard from in an environment since then. */
    async sdksSince(environmentId: string, since: Date): Promise<number> {
      return db.sdkInstance.count({ where: { environmentId, seenAt: { gte: since } } })
    },

    /** The environments before this one, in the order of the project. */
    async environmentsBelow(environmentId: string): Promise<{ id: string; key: string }[]> {
      const { projectId, position } = await db.environment.findUniqueOrThrow({ where: { id: environmentId }, select: { projectId: true, position: true } })
      return db.environment.findMany({ where: { projectId, position: { lt: position } }, orderBy: { position: 'asc' }, select: { id: true, key: true } })
    },

    /** Takes the project's next number: call it inside the transaction that inserts. */
    async insert(projectId: string, to: { hypothesisId: string; flagId: string; environmentId: string }, setup: ExperimentSetup, createdAt: Date): Promise<string> {
      const { experimentCount } = await db.project.update({ where: { id: projectId }, data: { experimentCount: { increment: 1 } }, select: { experimentCount: true } })
      const key = `EXP-${experimentCount}`
      await db.experiment.create({ data: { projectId, ...to, key, assignment: setup.assignment, setup, createdAt } })
      return key
    },

    async saveSetup(id: string, to: { flagId: string; environmentId: string }, setup: ExperimentSetup): Promise<void> {
      await db.experiment.update({ where: { id }, data: { ...to, assignment: setup.assignment, setup, revision: { increment: 1 } } })
    },

    /** Seals a plan: that of the start, or of a new phase. `setup` is what stands from now on. */
    async seal(id: string, sealed: Moved & { phase: number; plan: string; planHash: string; ruleId: string | null; setup: ExperimentSetup; startedAt?: Date }): Promise<void> {
      await db.experiment.update({ where: { id }, data: { ...sealed, revision: { increment: 1 } } })
    },

    /** What stands from now on, beside the sealed plan. */
    async change(id: string, setup: ExperimentSetup): Promise<void> {
      await db.experiment.update({ where: { id }, data: { setup, revision: { increment: 1 } } })
    },

    async stop(id: string, { status, endedAt, stopReason }: Moved & { endedAt: Date; stopReason: string }): Promise<void> {
      await db.experiment.update({ where: { id }, data: { status, endedAt, stopReason, revision: { increment: 1 } } })
    },

    async resume(id: string, { status, setup }: Moved & { setup: ExperimentSetup }): Promise<void> {
      await db.experiment.update({ where: { id }, data: { status, setup, endedAt: null, stopReason: null, revision: { increment: 1 } } })
    },

    async decide(id: string, { status, decision, endedAt }: Moved & { decision: NonNullable<ExperimentDetail['decision']>; endedAt: Date }): Promise<void> {
      await db.experiment.update({ where: { id }, data: { status, decision, endedAt, revision: { increment: 1 } } })
    },

    /** Where the experiments of a hypothesis stand. */
    async statusesOf(hypothesisId: string): Promise<ExperimentStatus[]> {
      return (await db.experiment.findMany({ where: { hypothesisId }, select: { status: true } })).map(({ status }) => status as ExperimentStatus)
    },
  }
}

function rowsOf(db: Database | Tx, projectId: string) {
  return db.experiment.findMany({ where: { projectId }, orderBy: { createdAt: 'desc' }, include: related })
}

function toRecord(row: Awaited<ReturnType<typeof rowsOf>>[number], verdict: Verdict | null): ExperimentRecord {
  const { hypothesis } = row
  const draft = hypothesis.draft as unknown as HypothesisDraft
  const newest = row.snapshots[0]
  const analysis = newest?.phase === row.phase ? (newest.result as unknown as Analysis) : null
  return {
    id: row.id,
    environmentId: row.environment.id,
    flagId: row.flag.id,
    hypothesisId: hypothesis.id,
    draft,
    hypothesisRevision: hypothesis.revision,
    hypothesisChanged: { by: hypothesis.changedBy, at: hypothesis.changedAt.toISOString() },
    plan: row.plan === null ? null : readSealedPlan(row.plan),
    analysis,
    summary: {
      key: row.key,
      title: draft.title,
      hypothesis: hypothesis.key,
      level: hypothesis.level,
      status: row.status as ExperimentSummary['status'],
      ...(row.setup as unknown as ExperimentSetup),
      phase: row.phase,
      revision: row.revision,
      ruleId: row.ruleId,
      planHash: row.planHash,
      createdAt: row.createdAt.toISOString(),
      startedAt: row.startedAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
      stopReason: row.stopReason,
      decision: row.decision as unknown as ExperimentSummary['decision'],
      people: analysis?.arms.reduce((total, arm) => total + arm.n, 0) ?? 0,
      days: analysis?.days ?? null,
      verdict: verdict && { kind: verdict.kind, final: verdict.final, sentence: verdict.sentence },
    },
  }
}
