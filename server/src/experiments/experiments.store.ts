import { standingVerdicts } from '../analysis/verdicts.store.ts'
import type { Analysis, Verdict } from '../contract/analysis.ts'
import type { ExperimentDetail, ExperimentSetup, ExperimentSummary, Plan } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { readSealedPlan } from './read-sealed-plan.ts'

const related = {
  environment: { select: { id: true, key: true } },
  hypothesis: { select: { id: true, key: true, level: true, draft: true, revision: true } },
  flag: { select: { id: true, key: true } },
  snapshots: { orderBy: { at: 'desc' }, take: 1, select: { result: true } },
} as const

/** An experiment with the rows it belongs to. */
export interface ExperimentRecord {
  id: string
  environmentId: string
  flagId: string
  hypothesisId: string
  draft: HypothesisDraft
  hypothesisRevision: number
  summary: ExperimentSummary
  plan: Plan | null
  analysis: Analysis | null
}

export interface ExperimentTarget {
  flagId: string
  environmentId: string
  variants: string[]
  connectedSdks: number
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

    /** The flag and environment that a setup names, and what the checklist asks of them; null where one does not exist. */
    async target(projectId: string, flagKey: string, environmentKey: string, seenSince: Date): Promise<ExperimentTarget | null> {
      const flag = await db.flag.findUnique({ where: { projectId_key: { projectId, key: flagKey } }, include: { variants: { orderBy: { position: 'asc' }, select: { key: true } } } })
      const environment = await db.environment.findUnique({ where: { projectId_key: { projectId, key: environmentKey } }, select: { id: true } })
      if (!flag || !environment) return null
      const connectedSdks = await db.sdkInstance.count({ where: { environmentId: environment.id, seenAt: { gte: seenSince } } })
      return { flagId: flag.id, environmentId: environment.id, variants: flag.variants.map((variant) => variant.key), connectedSdks }
    },

    /** Keys of the experiments that run on a flag in an environment. */
    async runningOn(flagId: string, environmentId: string): Promise<string[]> {
      return (await db.experiment.findMany({ where: { flagId, environmentId, status: 'running' }, select: { key: true } })).map((row) => row.key)
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

    async start(id: string, sealed: { plan: string; planHash: string; ruleId: string | null; startedAt: Date }): Promise<void> {
      await db.experiment.update({ where: { id }, data: { ...sealed, status: 'running', revision: { increment: 1 } } })
    },

    async stop(id: string, endedAt: Date, stopReason: string): Promise<void> {
      await db.experiment.update({ where: { id }, data: { status: 'stopped', endedAt, stopReason, revision: { increment: 1 } } })
    },

    async decide(id: string, decision: NonNullable<ExperimentDetail['decision']>, endedAt: Date): Promise<void> {
      await db.experiment.update({ where: { id }, data: { status: 'decided', decision, endedAt, revision: { increment: 1 } } })
    },
  }
}

function rowsOf(db: Database | Tx, projectId: string) {
  return db.experiment.findMany({ where: { projectId }, orderBy: { createdAt: 'desc' }, include: related })
}

function toRecord(row: Awaited<ReturnType<typeof rowsOf>>[number], verdict: Verdict | null): ExperimentRecord {
  const draft = row.hypothesis.draft as unknown as HypothesisDraft
  const analysis = (row.snapshots[0]?.result ?? null) as unknown as Analysis | null
  return {
    id: row.id,
    environmentId: row.environment.id,
    flagId: row.flag.id,
    hypothesisId: row.hypothesis.id,
    draft,
    hypothesisRevision: row.hypothesis.revision,
    plan: row.plan === null ? null : readSealedPlan(row.plan),
    analysis,
    summary: {
      key: row.key,
      title: draft.title,
      hypothesis: row.hypothesis.key,
      level: row.hypothesis.level,
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
