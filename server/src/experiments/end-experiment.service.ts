import type { ExperimentDetail } from '../contract/experiments.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { recordLearning } from '../learnings/learnings.service.ts'
import { createLayersStore } from '../layers/layers.store.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { openTasks } from '../tasks/tasks.service.ts'
import { settleRule } from './experiment-flag.service.ts'
import { auditMove, findExperiment } from './experiment-record.service.ts'
import { experimentDetail } from './experiments.service.ts'
import { createExperimentsStore, type ExperimentRecord } from './experiments.store.ts'
import { createPhasesStore } from './phases.store.ts'
import { readNow } from './read-now.service.ts'
import { settleLevel } from './settle-level.service.ts'
import { afterMove } from './transitions.ts'

/** Nobody new is admitted and everybody the experiment's rule admitted is served control; what was measured stays, and is analysed up to the stop. */
export async function stopExperiment(deps: Deps, projectId: string, actor: Actor, key: string, reason: string): Promise<ExperimentDetail> {
  const id = await commitChange(deps, projectId, async (tx) => {
    const record = await findExperiment(tx, projectId, key)
    const { summary } = record
    const status = afterMove(key, summary.status, 'stop')
    const environments = await settleRule(tx, { deps, actor }, record, summary.control)
    const endedAt = deps.now()
    await createExperimentsStore(tx).stop(record.id, { status, endedAt, stopReason: reason })
    const phases = createPhasesStore(tx)
    await phases.end(record.id, summary.phase, endedAt)
    // After the plan's end a stop is what the plan foresaw.
    if (summary.verdict?.final !== true) await phases.log(record.id, [{ phase: summary.phase, at: endedAt, by: actor.name, what: 'stopped', registered: 'until its rule fires', now: 'before its rule fired', reason }])
    await settleLevel(tx, record)
    return { result: record.id, audit: [auditMove(deps, { actor, action: 'experiment.stopped', key, environment: summary.environment, reason })], environments }
  })
  await readNow(deps, id)
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
    const { summary } = record
    const status = afterMove(key, summary.status, 'decide')
    const shipped = decision.choice === 'ship' ? shippedVariant(record, decision.variant) : null
    const differsFromVerdict = (decision.choice === 'ship') !== (summary.verdict?.kind === 'confirmed')
    const issues = [
      ...(decision.learning === '' ? [{ path: 'learning', message: 'Write down what was learned.' }] : []),
      ...(differsFromVerdict && decision.note === '' ? [{ path: 'note', message: 'The decision differs from the verdict: say why.' }] : []),
    ]
    if (issues.length > 0) throw new AppError('invalid_request', issues.map((issue) => issue.message).join(' '), { details: issues })

    const environments = await settleRule(tx, { deps, actor }, record, shipped ?? summary.control, shipped !== null && (await createLayersStore(tx).holdouts(projectId)).length > 0)
    const at = deps.now()
    const recorded = { choice: decision.choice, variant: shipped, note: decision.note, learning: decision.learning, differsFromVerdict, by: actor.name, at: at.toISOString() }
    const endedAt = summary.endedAt === null ? at : new Date(summary.endedAt)
    await createExperimentsStore(tx).decide(record.id, { status, decision: recorded, endedAt })
    await createPhasesStore(tx).end(record.id, summary.phase, endedAt)
    await settleLevel(tx, record)
    await recordLearning(tx, projectId, record, recorded)
    const tasks = await openTasks(tx, projectId, actor, record, recorded)
    return { result: summary.endedAt === null ? record.id : null, audit: [auditMove(deps, { actor, action: 'experiment.decided', key, environment: summary.environment, after: recorded, reason: decision.note }), ...tasks], environments }
  })
  if (running !== null) await readNow(deps, running)
  return experimentDetail(deps, projectId, key)
}

function shippedVariant({ summary }: ExperimentRecord, asked: string | undefined): string {
  const treatments = summary.arms.map((arm) => arm.variant).filter((variant) => variant !== summary.control)
  const variant = asked ?? (treatments.length === 1 ? treatments[0] : undefined)
  if (variant !== undefined && treatments.includes(variant)) return variant
  const message = asked === undefined ? 'Say which variant to ship.' : `${asked} is not a treatment of this experiment.`
  throw new AppError('invalid_request', message, { details: [{ path: 'variant', message }] })
}
