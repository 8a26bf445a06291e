import { ENGINE_VERSION } from '../analysis/engine-version.ts'
import type { ExperimentDetail, ExperimentSetup, Plan } from '../contract/experiments.ts'
import { setupOf } from '../contract/setup-of.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import type { Tx } from '../platform/postgres.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { coverageMoves, pendingSteps } from './coverage-steps.ts'
import { effectivePlan } from './effective-plan.ts'
import { extensionOf } from './extension.ts'
import { assertRoomFor } from './experiment-checklist.service.ts'
import { putSplit } from './experiment-flag.service.ts'
import { assertExperimentRevision, auditMove, findExperiment, validTarget } from './experiment-record.service.ts'
import { experimentDetail } from './experiments.service.ts'
import { createExperimentsStore, type ExperimentRecord } from './experiments.store.ts'
import { nextPhase } from './next-phase.ts'
import { createPhasesStore, type Phase, type RecordedDeviation } from './phases.store.ts'
import { readNow } from './read-now.service.ts'
import { newSalt, sealPlan } from './seal-plan.service.ts'
import { settleLevel } from './settle-level.service.ts'
import { armWords, shareWords } from './setup-words.ts'
import { afterMove, type Move } from './transitions.ts'

/** How a change of a started experiment was asked for. */
interface Asked {
  actor: Actor
  basedOn: number
  reason: string
}

/** Admits more or fewer. Nobody changes arms, and whoever was admitted once stays in the analysis: they are analysed as they were assigned. */
export async function coverExperiment(deps: Deps, projectId: string, key: string, asked: Asked & { coverage: number }): Promise<ExperimentDetail> {
  return change(deps, projectId, key, 'cover', asked, async (tx, { record, setup, plan }) => {
    const { coverage } = asked
    assertAssigns(key, setup)
    if (coverage === setup.coverage) throw new AppError('invalid_request', `${key} admits ${shareWords(coverage)} already.`, { details: [{ path: 'coverage', message: 'Choose another share than now.' }] })
    const after = { ...setup, coverage }
    await validTarget(tx, projectId, after)
    // Admitting fewer is a way out of trouble: nothing may stand in its way.
    if (coverage > setup.coverage) await assertRoomFor(tx, projectId, record, after)
    const environments = await putSplit(tx, { deps, actor: asked.actor }, record, after, { ruleId: record.summary.ruleId, plan, coverage })
    await createExperimentsStore(tx).change(record.id, after)
    return { action: 'experiment.coverage_changed', after, deviations: [{ what: coverageMoves.coverage, registered: shareWords(setup.coverage), now: shareWords(coverage) }], environments }
  })
}

/**
 * Goes on with other arms or weights. People would be divided unevenly in time under one salt, so this is a new phase: a salt and a
 * sealed plan of its own, and no data of before.
 */
export async function rearmExperiment(deps: Deps, projectId: string, key: string, asked: Asked & { arms: ExperimentSetup['arms'] }): Promise<ExperimentDetail> {
  await readNow(deps, (await findExperiment(deps.db, projectId, key)).id)
  return change(deps, projectId, key, 'rearm', asked, async (tx, { record, setup, plan, phase, log }) => {
    const { arms, actor, reason } = asked
    if (armWords(arms) === armWords(setup.arms)) throw new AppError('invalid_request', `${key} has these arms and weights already.`, { details: [{ path: 'arms', message: 'Change an arm or a weight.' }] })
    const after = { ...setup, arms }
    await validTarget(tx, projectId, after)
    await assertRoomFor(tx, projectId, record, after)
    const startedAt = deps.now()
    const steps = pendingSteps({ plan, startedAt: phase.startedAt, coverage: setup.coverage, log })
    const next = nextPhase({ before: effectivePlan(plan, log), arms, coverage: setup.coverage, steps, salt: newSalt(key, plan.phase + 1), startedAt, engineVersion: ENGINE_VERSION })
    const sealed = sealPlan(next)
    const environments = await putSplit(tx, { deps, actor }, record, after, { ruleId: record.summary.ruleId, plan: next, coverage: setup.coverage })
    await createExperimentsStore(tx).seal(record.id, { ...sealed, status: 'running', phase: next.phase, ruleId: record.summary.ruleId, setup: after })
    const phases = createPhasesStore(tx)
    await phases.end(record.id, plan.phase, startedAt)
    await phases.begin(record.id, { ...sealed, phase: next.phase, startedAt, startedBy: actor.name, reason })
    return { action: 'experiment.phase_started', after: { plan: next, planHash: sealed.planHash }, deviations: [{ what: 'arms', registered: armWords(setup.arms), now: armWords(arms) }], environments }
  })
}

/** Plans more than was sealed. What people plan after they saw data is read by the always-valid rule. */
export async function extendExperiment(deps: Deps, projectId: string, key: string, asked: Asked & { plannedUnits?: number; plannedDays?: number }): Promise<ExperimentDetail> {
  return change(deps, projectId, key, 'extend', asked, async (tx, { record, setup, plan, log }) => {
    const { plannedUnits, plannedDays } = asked
    const { deviations, issues } = extensionOf(effectivePlan(plan, log), { plannedUnits, plannedDays, maxDays: record.draft.maxDays })
    if (issues.length > 0) throw new AppError('invalid_request', issues.map((issue) => issue.message).join(' '), { details: issues })
    const after: ExperimentSetup = { ...setup, mode: 'always_valid', ...(plannedUnits === undefined ? {} : { plannedUnits }), ...(plannedDays === undefined ? {} : { plannedDays }) }
    await createExperimentsStore(tx).change(record.id, after)
    return { action: 'experiment.extended', after, deviations, environments: [] }
  })
}

/** Goes on in the same phase, so everybody returns to their arm. The share is said anew: nobody is exposed by default. */
export async function resumeExperiment(deps: Deps, projectId: string, key: string, asked: Asked & { coverage: number }): Promise<ExperimentDetail> {
  return change(deps, projectId, key, 'resume', asked, async (tx, { record, setup, plan, status }) => {
    const { coverage, actor } = asked
    if (setup.assignment === 'external' && coverage !== setup.coverage) assertAssigns(key, setup)
    const after = { ...setup, coverage }
    await validTarget(tx, projectId, after)
    await assertRoomFor(tx, projectId, record, after)
    const environments = await putSplit(tx, { deps, actor }, record, after, { ruleId: record.summary.ruleId, plan, coverage })
    await createExperimentsStore(tx).resume(record.id, { status, setup: after })
    await createPhasesStore(tx).end(record.id, plan.phase, null)
    return { action: 'experiment.resumed', after, deviations: [{ what: coverageMoves.resumed, registered: `stopped at ${shareWords(setup.coverage)}`, now: `goes on at ${shareWords(coverage)}` }], environments }
  })
}

interface Started {
  record: ExperimentRecord
  setup: ExperimentSetup
  /** As sealed. */
  plan: Plan
  phase: Phase
  log: RecordedDeviation[]
  /** Where the move leads. */
  status: ExperimentDetail['status']
}

interface Done {
  action: string
  after: unknown
  deviations: Pick<RecordedDeviation, 'what' | 'registered' | 'now'>[]
  environments: string[]
}

/** The one way to change what runs: the move is legal, the revision is named, and what the plan did not foresee is logged with its reason. */
async function change(deps: Deps, projectId: string, key: string, move: Move, { actor, basedOn, reason }: Asked, work: (tx: Tx, started: Started) => Promise<Done>): Promise<ExperimentDetail> {
  await commitChange(deps, projectId, async (tx) => {
    const record = await findExperiment(tx, projectId, key)
    const { summary, plan } = record
    const status = afterMove(key, summary.status, move)
    const setup = setupOf(summary)
    await assertExperimentRevision(tx, projectId, record, basedOn, setup)
    const phases = createPhasesStore(tx)
    const phase = (await phases.phases(record.id)).at(-1)
    if (!plan || !phase) throw new Error(`${key} is ${summary.status} without a sealed plan.`)
    const { action, after, deviations, environments } = await work(tx, { record, setup, plan, phase, log: await phases.logged(record.id), status })
    await phases.log(record.id, deviations.map((deviation) => ({ ...deviation, phase: plan.phase, at: deps.now(), by: actor.name, reason })))
    await settleLevel(tx, record)
    return { result: undefined, audit: [auditMove(deps, { actor, action, key, environment: summary.environment, before: setup, after, reason })], environments }
  })
  await readAfter(deps, projectId, key, move)
  return experimentDetail(deps, projectId, key)
}

/** Where the rule that reads it, or the phase, is another one now, the page shows what that says. */
async function readAfter(deps: Deps, projectId: string, key: string, move: Move): Promise<void> {
  if (move !== 'cover') await readNow(deps, (await findExperiment(deps.db, projectId, key)).id)
}

function assertAssigns(key: string, { assignment }: ExperimentSetup): void {
  if (assignment === 'external') throw new AppError('wrong_state', `Another service assigns people to ${key}: how many it admits is decided there.`)
}
