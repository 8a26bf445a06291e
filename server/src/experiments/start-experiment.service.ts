import { ENGINE_VERSION } from '../analysis/engine-version.ts'
import type { StoredCohort } from '../cohorts/cohorts.store.ts'
import type { ExperimentDetail, ExperimentSetup, Plan } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import { sealingOf, type Sealing } from '../contract/sealing.ts'
import { setupOf } from '../contract/setup-of.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { assertBasedOn } from '../http/revision-conflict.ts'
import { createHypothesesStore } from '../hypotheses/hypotheses.store.ts'
import { createMetricsStore } from '../metrics/metrics.store.ts'
import type { Tx } from '../platform/postgres.ts'
import { createProjectsStore } from '../projects/projects.store.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { buildPlan } from './build-plan.ts'
import { checklistOf, evidenceFor } from './experiment-checklist.service.ts'
import { putSplit } from './experiment-flag.service.ts'
import { assertExperimentRevision, auditMove, findExperiment, validTarget } from './experiment-record.service.ts'
import { cohortsOf, experimentDetail } from './experiments.service.ts'
import { createExperimentsStore, type ExperimentRecord } from './experiments.store.ts'
import { createPhasesStore } from './phases.store.ts'
import { newSalt, sealPlan } from './seal-plan.service.ts'
import { settleLevel } from './settle-level.service.ts'
import { afterMove } from './transitions.ts'

/** Seals the plan, and for an internal assignment adds the rule that admits units: one transaction, one ruleset version. */
export async function startExperiment(deps: Deps, projectId: string, actor: Actor, key: string, { basedOn, sealing, reason }: { basedOn: number; sealing: Sealing; reason?: string }): Promise<ExperimentDetail> {
  // Read before the project is locked: the event store may take its time.
  const evidence = await evidenceFor(deps, projectId, await findExperiment(deps.db, projectId, key))
  await commitChange(deps, projectId, async (tx) => {
    const record = await findExperiment(tx, projectId, key)
    const { summary } = record
    const status = afterMove(key, summary.status, 'start')
    const setup = setupOf(summary)
    await assertExperimentRevision(tx, projectId, record, basedOn, setup)
    await assertAsRead(tx, projectId, record, sealing)
    await validTarget(tx, projectId, setup)
    const items = await checklistOf(tx, projectId, record, evidence)
    const blockers = items.filter((item) => item.state === 'blocker')
    const warnings = items.filter((item) => item.state === 'warning')
    if (blockers.length > 0) throw new AppError('plan_incomplete', `${key} cannot start yet. ${blockers.map((item) => item.evidence).join(' ')}`, { details: blockers })
    if (warnings.length > 0 && (reason ?? '') === '') throw new AppError('reason_required', `Say why ${key} starts all the same. ${warnings.map((item) => item.evidence).join(' ')}`, { details: warnings })

    const plan = await planOf(tx, projectId, record, setup)
    const sealed = sealPlan(plan)
    const startedAt = deps.now()
    const ruleId = setup.assignment === 'internal' ? `experiment-${key.toLowerCase()}` : null
    const environments = await putSplit(tx, { deps, actor }, record, setup, { ruleId, plan, coverage: plan.coverage })
    await createExperimentsStore(tx).seal(record.id, { ...sealed, status, phase: plan.phase, ruleId, setup, startedAt })
    await createPhasesStore(tx).begin(record.id, { ...sealed, phase: plan.phase, startedAt, startedBy: actor.name, reason: reason === undefined || reason === '' ? null : reason })
    await settleLevel(tx, record)
    return { result: undefined, audit: [auditMove(deps, { actor, action: 'experiment.started', key, environment: setup.environment, after: { plan, planHash: sealed.planHash }, reason })], environments }
  })
  return experimentDetail(deps, projectId, key)
}

/** What is sealed is what the starter has read: an edit of the hypothesis, a metric or the cohort since then is told, with both sides. */
async function assertAsRead(tx: Tx, projectId: string, record: ExperimentRecord, yours: Sealing): Promise<void> {
  const nothing = 'Nothing was started.'
  const hypothesis = await createHypothesesStore(tx).find(projectId, record.summary.hypothesis)
  if (!hypothesis) throw new AppError('not_found', `There is no hypothesis ${record.summary.hypothesis}.`)
  assertBasedOn(hypothesis, yours.hypothesis, yours, hypothesis.key, nothing)
  const metrics = await createMetricsStore(tx).list(projectId)
  const cohorts = await cohortsOf(tx, projectId, hypothesis.cohort)
  const sealed = sealingOf(hypothesis, metrics, cohorts)
  for (const metric of metrics) if (metric.key in sealed.metrics) assertBasedOn(metric, yours.metrics[metric.key] ?? 0, yours, `The metric ${metric.name}`, nothing)
  for (const cohort of cohorts) assertBasedOn(cohort, yours.cohort ?? 0, yours, `The cohort ${cohort.name}`, nothing)
}

async function planOf(tx: Tx, projectId: string, { summary, draft }: ExperimentRecord, setup: ExperimentSetup): Promise<Plan> {
  const metrics = new Map((await createMetricsStore(tx).list(projectId)).map((metric) => [metric.key, metric]))
  const [cohort = null] = await cohortsOf(tx, projectId, draft.cohort)
  if (draft.cohort !== null && !cohort) throw new AppError('not_found', `There is no cohort with the key ${draft.cohort}.`)
  const { key, phase, hypothesis } = summary
  return buildPlan({
    experiment: key,
    phase,
    salt: newSalt(key, phase),
    // The checklist has seen that both are there.
    hypothesis: { key: hypothesis, draft: draft as HypothesisDraft & { primaryMetric: string; minimumEffect: number } },
    setup,
    cohort: cohort && sealedCohort(cohort),
    metrics,
    bots: (await createProjectsStore(tx).get(projectId)).bots,
    engineVersion: ENGINE_VERSION,
  })
}

function sealedCohort({ key, revision, unit, when, included, excluded }: StoredCohort): NonNullable<Plan['cohort']> {
  return { key, revision, definition: { unit, when, included, excluded } }
}
