import { pastEffects } from '../analysis/past-effects.store.ts'
import { withHistory } from '../analysis/with-history.ts'
import { createCohortsStore, type StoredCohort } from '../cohorts/cohorts.store.ts'
import type { ExperimentDetail, ExperimentSetup } from '../contract/experiments.ts'
import { sealingOf } from '../contract/sealing.ts'
import { setupOf } from '../contract/setup-of.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { createHypothesesStore } from '../hypotheses/hypotheses.store.ts'
import { createMetricsStore } from '../metrics/metrics.store.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { pendingSteps } from './coverage-steps.ts'
import { type Deviation, edits } from './deviations.ts'
import { checklistOf, evidenceFor } from './experiment-checklist.service.ts'
import { assertExperimentRevision, auditMove, findExperiment, validTarget } from './experiment-record.service.ts'
import { createExperimentsStore, type ExperimentRecord } from './experiments.store.ts'
import { createPhasesStore, type Phase, type PhaseReading, type RecordedDeviation } from './phases.store.ts'
import { afterMove } from './transitions.ts'

/** An experiment with everything its page shows. */
export async function experimentDetail(deps: Deps, projectId: string, key: string): Promise<ExperimentDetail> {
  const record = await findExperiment(deps.db, projectId, key)
  const { summary, plan } = record
  const metrics = await createMetricsStore(deps.db).list(projectId)
  const [sealedCohort = null] = await cohortsOf(deps.db, projectId, plan?.cohort?.key ?? null)
  const store = createPhasesStore(deps.db)
  const [phases, log, readings] = plan ? await Promise.all([store.phases(record.id), store.logged(record.id), store.readings(record.id)]) : [[], [], new Map<number, never>()]
  return {
    ...summary,
    plan,
    analysis: plan && record.analysis ? withHistory(plan, record.analysis, await pastEffects(deps.db, projectId, key, record.analysis.metrics.map((metric) => metric.key))) : record.analysis,
    deviations: plan ? [...edits(plan, { draft: record.draft, hypothesis: record.hypothesisChanged, metrics: new Map(metrics.map((metric) => [metric.key, metric])), cohort: sealedCohort }), ...log.map(toDeviation)] : [],
    phases: phases.map((phase) => toPhase(phase, readings.get(phase.phase))),
    nextStep: nextStep(record, phases, log),
    sealing: sealingOf({ ...record.draft, revision: record.hypothesisRevision }, metrics, await cohortsOf(deps.db, projectId, record.draft.cohort)),
    checklist: summary.status === 'draft' ? await checklistOf(deps.db, projectId, record, await evidenceFor(deps, projectId, record)) : [],
  }
}

export async function createExperiment(deps: Deps, projectId: string, actor: Actor, hypothesisKey: string, setup: ExperimentSetup): Promise<ExperimentDetail> {
  const key = await commitChange(deps, projectId, async (tx) => {
    const hypothesis = await createHypothesesStore(tx).find(projectId, hypothesisKey)
    if (!hypothesis) throw new AppError('not_found', `There is no hypothesis ${hypothesisKey}.`)
    const { flagId, environmentId } = await validTarget(tx, projectId, setup)
    const result = await createExperimentsStore(tx).insert(projectId, { hypothesisId: hypothesis.id, flagId, environmentId }, setup, deps.now())
    return { result, audit: [auditMove(deps, { actor, action: 'experiment.created', key: result, environment: setup.environment, after: setup })], environments: [] }
  })
  return experimentDetail(deps, projectId, key)
}

export async function saveExperiment(deps: Deps, projectId: string, actor: Actor, key: string, basedOn: number, setup: ExperimentSetup): Promise<ExperimentDetail> {
  await commitChange(deps, projectId, async (tx) => {
    const record = await findExperiment(tx, projectId, key)
    afterMove(key, record.summary.status, 'save')
    await assertExperimentRevision(tx, projectId, record, basedOn, setup)
    const { flagId, environmentId } = await validTarget(tx, projectId, setup)
    await createExperimentsStore(tx).saveSetup(record.id, { flagId, environmentId }, setup)
    return { result: undefined, audit: [auditMove(deps, { actor, action: 'experiment.changed', key, environment: setup.environment, before: setupOf(record.summary), after: setup })], environments: [] }
  })
  return experimentDetail(deps, projectId, key)
}

/** The cohort of that key, if any. */
export async function cohortsOf(db: Database | Tx, projectId: string, key: string | null): Promise<StoredCohort[]> {
  if (key === null) return []
  const cohort = await createCohortsStore(db).find(projectId, key)
  return cohort ? [cohort] : []
}

function nextStep({ summary, plan }: ExperimentRecord, phases: readonly Phase[], log: readonly RecordedDeviation[]): NonNullable<ExperimentDetail['nextStep']> | null {
  const current = phases.at(-1)
  if (summary.status !== 'running' || plan === null || !current) return null
  const [next] = pendingSteps({ plan, startedAt: current.startedAt, coverage: summary.coverage, log })
  return next ? { at: next.at.toISOString(), coverage: next.coverage } : null
}

function toPhase({ phase, plan, planHash, startedAt, startedBy, endedAt, reason }: Phase, reading: PhaseReading | undefined): NonNullable<ExperimentDetail['phases']>[number] {
  return { phase, startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null, planHash, arms: plan.arms, coverage: plan.coverage, reason, startedBy, people: reading?.people ?? 0, verdict: reading?.verdict ?? null }
}

function toDeviation({ at, ...deviation }: RecordedDeviation): Deviation {
  return { ...deviation, at: at.toISOString() }
}
