import { createHash, randomBytes } from 'node:crypto'
import type { Condition } from '@assay/sdk/core'
import { analyseExperiment } from '../analysis/analysis.service.ts'
import { ENGINE_VERSION } from '../analysis/engine-version.ts'
import { assertBasedOnAudited } from '../audit/audited-revision.service.ts'
import { canonicalJson } from '../contract/canonical-json.ts'
import { createCohortsStore, type StoredCohort } from '../cohorts/cohorts.store.ts'
import type { ExperimentDetail, ExperimentSetup, Plan } from '../contract/experiments.ts'
import type { Targeting } from '../contract/flags.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import { setupOf } from '../contract/setup-of.ts'
import { sealingOf, type Sealing } from '../contract/sealing.ts'
import type { Deps } from '../deps.ts'
import { environmentOf } from '../flags/flag-record.ts'
import { addRule, replaceRule } from '../flags/flags.service.ts'
import { createFlagsStore } from '../flags/flags.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { assertBasedOn } from '../http/revision-conflict.ts'
import { createHypothesesStore } from '../hypotheses/hypotheses.store.ts'
import { createLayersStore } from '../layers/layers.store.ts'
import { createMetricsStore } from '../metrics/metrics.store.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { createProjectsStore } from '../projects/projects.store.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { buildPlan } from './build-plan.ts'
import { checkSetup } from './check-setup.ts'
import { checklist } from './checklist.ts'
import { deviations } from './deviations.ts'
import { createExperimentsStore, type ExperimentRecord, type ExperimentTarget } from './experiments.store.ts'
import { rulePlace, type RulePlace } from './rule-place.ts'
import { assertMove } from './transitions.ts'
import { wireCoverage, wireWeights } from './wire-weights.ts'

const SDK_SEEN_WITHIN_MS = 10 * 60_000

/** An experiment with everything its page shows. */
export async function experimentDetail(deps: Deps, projectId: string, key: string): Promise<ExperimentDetail> {
  const record = await findExperiment(deps.db, projectId, key)
  const metrics = await createMetricsStore(deps.db).list(projectId)
  const cohort = record.plan?.cohort ? await createCohortsStore(deps.db).find(projectId, record.plan.cohort.key) : null
  return {
    ...record.summary,
    plan: record.plan,
    analysis: record.analysis,
    deviations: record.plan ? deviations(record.plan, { draft: record.draft, metrics: new Map(metrics.map((metric) => [metric.key, metric])), cohortRevision: cohort?.revision ?? null }) : [],
    sealing: sealingOf({ ...record.draft, revision: record.hypothesisRevision }, metrics, await cohortsOf(deps.db, projectId, record.draft.cohort)),
    checklist: record.summary.status === 'draft' ? await checklistOf(deps, deps.db, projectId, record) : [],
  }
}

export async function createExperiment(deps: Deps, projectId: string, actor: Actor, hypothesisKey: string, setup: ExperimentSetup): Promise<ExperimentDetail> {
  const key = await commitChange(deps, projectId, async (tx) => {
    const hypothesis = await createHypothesesStore(tx).find(projectId, hypothesisKey)
    if (!hypothesis) throw new AppError('not_found', `There is no hypothesis ${hypothesisKey}.`)
    const target = await validTarget(deps, tx, projectId, setup)
    const to = { hypothesisId: hypothesis.id, flagId: target.flagId, environmentId: target.environmentId }
    const result = await createExperimentsStore(tx).insert(projectId, to, setup, deps.now())
    return { result, audit: [audit(deps, actor, 'experiment.created', result, setup.environment, { after: setup })], environments: [] }
  })
  return experimentDetail(deps, projectId, key)
}

export async function saveExperiment(deps: Deps, projectId: string, actor: Actor, key: string, basedOn: number, setup: ExperimentSetup): Promise<ExperimentDetail> {
  await commitChange(deps, projectId, async (tx) => {
    const record = await findExperiment(tx, projectId, key)
    assertMove(key, record.summary.status, 'save')
    await assertDraftRevision(tx, projectId, record, basedOn, setup)
    const { flagId, environmentId } = await validTarget(deps, tx, projectId, setup)
    await createExperimentsStore(tx).saveSetup(record.id, { flagId, environmentId }, setup)
    return { result: undefined, audit: [audit(deps, actor, 'experiment.changed', key, setup.environment, { before: setupOf(record.summary), after: setup })], environments: [] }
  })
  return experimentDetail(deps, projectId, key)
}

/** Seals the plan, and for an internal assignment adds the rule that admits units: one transaction, one ruleset version. */
export async function startExperiment(deps: Deps, projectId: string, actor: Actor, key: string, { basedOn, sealing, reason }: { basedOn: number; sealing: Sealing; reason?: string }): Promise<ExperimentDetail> {
  await commitChange(deps, projectId, async (tx) => {
    const store = createExperimentsStore(tx)
    const record = await findExperiment(tx, projectId, key)
    const { summary } = record
    assertMove(key, summary.status, 'start')
    const setup = setupOf(record.summary)
    await assertDraftRevision(tx, projectId, record, basedOn, setup)
    await assertAsRead(tx, projectId, record, sealing)
    await validTarget(deps, tx, projectId, setup)
    const blockers = (await checklistOf(deps, tx, projectId, record)).filter((item) => item.state === 'blocker')
    if (blockers.length > 0) throw new AppError('plan_incomplete', `${key} cannot start yet. ${blockers.map((item) => item.evidence).join(' ')}`, { details: blockers })

    const plan = await sealedPlan(tx, projectId, record, setup)
    const canonical = canonicalJson(plan)
    const planHash = createHash('sha256').update(canonical).digest('hex')
    const ruleId = setup.assignment === 'internal' ? `experiment-${key.toLowerCase()}` : null
    if (ruleId !== null) {
      const { targeting, place } = await placeOfRule(tx, record, setup)
      await addRule(tx, {
        before: targeting.rules[place.index]?.id ?? null,
        flagId: record.flagId,
        environmentId: record.environmentId,
        actor,
        at: deps.now(),
        rule: {
          id: ruleId,
          name: record.draft.title,
          ...(plan.cohort ? { when: { cohort: plan.cohort.key } } : {}),
          serve: { unit: plan.unitType, salt: plan.salt, hash: 'murmur3', arms: wireWeights(plan.arms), coverage: wireCoverage(plan.coverage), ...(plan.layer ? { layer: plan.layer } : {}), experiment: key, phase: plan.phase },
        },
      })
    }
    await store.start(record.id, { plan: canonical, planHash, ruleId, startedAt: deps.now() })
    await createHypothesesStore(tx).setLevel(record.hypothesisId, 2)
    return {
      result: undefined,
      audit: [audit(deps, actor, 'experiment.started', key, setup.environment, { after: { plan, planHash }, reason })],
      environments: ruleId === null ? [] : [record.environmentId],
    }
  })
  return experimentDetail(deps, projectId, key)
}

/** Nobody new is admitted and everybody the experiment's rule admitted is served control; what was measured stays, and is analysed up to the stop. */
export async function stopExperiment(deps: Deps, projectId: string, actor: Actor, key: string, reason: string): Promise<ExperimentDetail> {
  const id = await commitChange(deps, projectId, async (tx) => {
    const record = await findExperiment(tx, projectId, key)
    assertMove(key, record.summary.status, 'stop')
    const environments = await settleRule(deps, tx, record, actor, record.summary.control)
    await createExperimentsStore(tx).stop(record.id, deps.now(), reason)
    await createHypothesesStore(tx).setLevel(record.hypothesisId, 3)
    return { result: record.id, audit: [audit(deps, actor, 'experiment.stopped', key, record.summary.environment, { reason })], environments }
  })
  await analyseEnded(deps, id)
  return experimentDetail(deps, projectId, key)
}

export interface Decision {
  choice: 'ship' | 'remove' | 'iterate'
  variant?: string
  note: string
  learning: string
}

/** What people decided. It may differ from the verdict, and then the note must say why. */
export async function decideExperiment(deps: Deps, projectId: string, actor: Actor, key: string, decision: Decision): Promise<ExperimentDetail> {
  const running = await commitChange(deps, projectId, async (tx) => {
    const record = await findExperiment(tx, projectId, key)
    assertMove(key, record.summary.status, 'decide')
    const shipped = decision.choice === 'ship' ? shippedVariant(record, decision.variant) : null
    const differsFromVerdict = (decision.choice === 'ship') !== (record.summary.verdict?.kind === 'confirmed')
    const issues = [
      ...(decision.learning === '' ? [{ path: 'learning', message: 'Write down what was learned.' }] : []),
      ...(differsFromVerdict && decision.note === '' ? [{ path: 'note', message: 'The decision differs from the verdict: say why.' }] : []),
    ]
    if (issues.length > 0) throw new AppError('invalid_request', issues.map((issue) => issue.message).join(' '), { details: issues })

    const environments = await settleRule(deps, tx, record, actor, shipped ?? record.summary.control, shipped !== null && (await createLayersStore(tx).holdouts(projectId)).length > 0)
    const at = deps.now()
    const recorded = { choice: decision.choice, variant: shipped, note: decision.note, learning: decision.learning, differsFromVerdict, by: actor.name, at: at.toISOString() }
    await createExperimentsStore(tx).decide(record.id, recorded, record.summary.endedAt === null ? at : new Date(record.summary.endedAt))
    await createHypothesesStore(tx).setLevel(record.hypothesisId, 4)
    return { result: record.summary.endedAt === null ? record.id : null, audit: [audit(deps, actor, 'experiment.decided', key, record.summary.environment, { after: recorded, reason: decision.note })], environments }
  })
  if (running !== null) await analyseEnded(deps, running)
  return experimentDetail(deps, projectId, key)
}

/** The experiment has ended, whether its newest numbers can be had now or not: the job comes back to them. */
async function analyseEnded(deps: Deps, id: string): Promise<void> {
  await analyseExperiment(deps, id).catch((error: unknown) => { deps.log.warn({ err: error, experimentId: id }, 'The analysis at the end of an experiment failed') })
}

async function findExperiment(db: Database | Tx, projectId: string, key: string): Promise<ExperimentRecord> {
  const record = await createExperimentsStore(db).find(projectId, key)
  if (!record) throw new AppError('not_found', `There is no experiment ${key}.`)
  return record
}

async function validTarget(deps: Deps, tx: Tx, projectId: string, setup: ExperimentSetup): Promise<ExperimentTarget> {
  const target = await createExperimentsStore(tx).target(projectId, setup.flag, setup.environment, seenSince(deps))
  if (!target) throw new AppError('not_found', `There is no flag ${setup.flag} in an environment ${setup.environment}.`)
  const issues = checkSetup(setup, target.variants, await createProjectsStore(tx).unitTypes(projectId))
  if (issues.length > 0) throw new AppError('invalid_request', issues.map((issue) => issue.message).join(' '), { details: issues })
  return target
}

async function checklistOf(deps: Deps, db: Database | Tx, projectId: string, record: ExperimentRecord) {
  const setup = setupOf(record.summary)
  const store = createExperimentsStore(db)
  const target = await store.target(projectId, setup.flag, setup.environment, seenSince(deps))
  const overlapping = await store.runningOn(record.flagId, record.environmentId)
  const layer = setup.layer ? ((await createLayersStore(db).layers(projectId)).find(({ key }) => key === setup.layer?.key) ?? null) : null
  return checklist({ draft: record.draft, setup, ...(await placeOfRule(db, record, setup)), overlapping, layer, connectedSdks: target?.connectedSdks ?? 0 })
}

/** What the flag does in the experiment's environment, and where the experiment's rule goes. */
async function placeOfRule(db: Database | Tx, { flagId, draft }: ExperimentRecord, setup: ExperimentSetup): Promise<{ targeting: Targeting; place: RulePlace }> {
  const flag = await createFlagsStore(db).getById(flagId)
  const { targeting } = environmentOf(flag, setup.environment).state
  const left = flag.detail.experiments.flatMap(({ environment, status, ruleId }) => (environment === setup.environment && (status === 'stopped' || status === 'decided') && ruleId !== null ? [ruleId] : []))
  return { targeting, place: rulePlace(targeting.rules, { when: audienceOf(draft.cohort), unit: setup.unitType }, new Set(left)) }
}

/** The condition of an experiment's rule. */
function audienceOf(cohort: string | null): Condition | undefined {
  return cohort === null ? undefined : { cohort }
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

/** The cohort that a hypothesis is about, if any. */
async function cohortsOf(db: Database | Tx, projectId: string, key: string | null): Promise<StoredCohort[]> {
  if (key === null) return []
  const cohort = await createCohortsStore(db).find(projectId, key)
  return cohort ? [cohort] : []
}

async function sealedPlan(tx: Tx, projectId: string, record: ExperimentRecord, setup: ExperimentSetup): Promise<Plan> {
  const metrics = new Map((await createMetricsStore(tx).list(projectId)).map((metric) => [metric.key, metric]))
  const [cohort = null] = await cohortsOf(tx, projectId, record.draft.cohort)
  if (record.draft.cohort !== null && !cohort) throw new AppError('not_found', `There is no cohort with the key ${record.draft.cohort}.`)
  const { key, phase, hypothesis } = record.summary
  return buildPlan({
    experiment: key,
    phase,
    salt: `${key}.${phase}.${randomBytes(6).toString('hex')}`,
    hypothesis: { key: hypothesis, draft: record.draft as HypothesisDraft & { primaryMetric: string; minimumEffect: number } },
    setup,
    cohort: cohort && { key: cohort.key, revision: cohort.revision, definition: { unit: cohort.unit, when: cohort.when, included: cohort.included, excluded: cohort.excluded } },
    metrics,
    engineVersion: ENGINE_VERSION,
  })
}

/**
 * Replaces the experiment's rule by one that serves a variant to the same people; held-out units go on past what was shipped while a holdout is in force.
 * Returns the environments that this changes. Once an experiment is stopped its rule belongs to people: where they removed it or archived the flag, what they wrote stands.
 */
async function settleRule(deps: Deps, tx: Tx, record: ExperimentRecord, actor: Actor, variant: string, heldOut = false): Promise<string[]> {
  const { summary, plan } = record
  if (summary.ruleId === null) return []
  const flag = await createFlagsStore(tx).getById(record.flagId)
  const stands = flag.detail.archivedAt === null && environmentOf(flag, summary.environment).state.targeting.rules.some(({ id }) => id === summary.ruleId)
  if (!stands) return []
  await replaceRule(tx, {
    flagId: record.flagId,
    environmentId: record.environmentId,
    actor,
    at: deps.now(),
    rule: { id: summary.ruleId, name: `${record.draft.title}, after ${summary.key}`, ...(plan?.cohort ? { when: { cohort: plan.cohort.key } } : {}), serve: { variant }, ...(heldOut ? { heldOut: true as const } : {}) },
  })
  return [record.environmentId]
}

function shippedVariant(record: ExperimentRecord, asked: string | undefined): string {
  const treatments = record.summary.arms.map((arm) => arm.variant).filter((variant) => variant !== record.summary.control)
  const variant = asked ?? (treatments.length === 1 ? treatments[0] : undefined)
  if (variant !== undefined && treatments.includes(variant)) return variant
  const message = asked === undefined ? 'Say which variant to ship.' : `${asked} is not a treatment of this experiment.`
  throw new AppError('invalid_request', message, { details: [{ path: 'variant', message }] })
}

async function assertDraftRevision(tx: Tx, projectId: string, { summary }: ExperimentRecord, basedOn: number, yours: ExperimentSetup): Promise<void> {
  await assertBasedOnAudited(tx, projectId, { kind: 'experiment', key: summary.key }, summary, basedOn, yours, summary.key)
}

function seenSince(deps: Deps): Date {
  return new Date(deps.now().getTime() - SDK_SEEN_WITHIN_MS)
}

function audit(deps: Deps, actor: Actor, action: string, key: string, environment: string, more: { before?: unknown; after?: unknown; reason?: string | undefined }) {
  const { before, after, reason } = more
  return {
    at: deps.now(),
    actor,
    action,
    entityKind: 'experiment',
    entityKey: key,
    environment,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(reason === undefined ? {} : { reason }),
  }
}
