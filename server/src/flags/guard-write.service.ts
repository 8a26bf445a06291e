import type { Impact, Targeting } from '../contract/flags.ts'
import type { Role } from '../contract/roles.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { exposedMoved, impactOf, type ProposedTargeting, runningOn } from '../impact/impact.service.ts'
import type { Tx } from '../platform/postgres.ts'
import { assertSaltsKept } from './check-proposal.ts'
import type { FlagRecord, RecordEnvironment } from './flag-record.ts'
import { admitWrite, onlySwitches } from './write-policy.ts'

export interface GuardedWrite {
  deps: Deps
  project: { id: string; key: string }
  environment: RecordEnvironment
  record: FlagRecord
  before: Targeting
  after: Targeting
  actor: Actor
  role: Role
  reason: string | undefined
  bypass: boolean
  confirmMoves: boolean
  /** Brings back an earlier targeting: its divisions come back with their salts. */
  restores: boolean
}

/**
 * Every write of what a flag does in an environment passes here before it is stored; it throws what the environment's
 * policy refuses. `auditAction` replaces the action of the write in the audit log: it went past the review.
 */
export async function guardTargetingWrite(tx: Tx, write: GuardedWrite): Promise<{ auditAction?: string }> {
  const { deps, project, environment, record, before, after, role, reason, bypass, confirmMoves, restores } = write
  if (!restores) assertSaltsKept(record.detail.key, before, after)
  const policy = await createEnvironmentsStore(tx).policy(environment.id)
  const admitted = admitWrite(policy, { environment: environment.state.environment, before, after, role, reason, bypass })
  if (!confirmMoves) await assertMovesNobodyInExperiment(deps, tx, { projectId: project.id, record, environment, targeting: after })
  return admitted === 'bypassed' ? { auditAction: 'flag.bypassed' } : {}
}

/** A running experiment loses units that are moved: whoever means that says so. Going on or off with the same rules breaks no assignment. */
export async function assertMovesNobodyInExperiment(deps: Deps, tx: Tx, proposed: ProposedTargeting): Promise<void> {
  const { record, environment, targeting } = proposed
  const running = runningOn(record, environment)
  if (!running || onlySwitches(environment.state.targeting, targeting)) return
  const impact = await movesOf(deps, tx, proposed).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'Whom a change moves cannot be computed: it has to be confirmed unseen')
    return null
  })
  if (impact === 'none') return
  const what = impact ? `moves ${impact.running?.moved} of the units exposed to ${running.experiment}` : `may move units exposed to ${running.experiment}: they cannot be counted while the event store is away`
  throw new AppError('confirmation_required', `This change ${what}. Confirm that it is meant; nothing was saved.`, { details: impact ?? uncounted(running.experiment) })
}

/** The project is locked meanwhile: the whole impact is computed only where the write is refused. */
async function movesOf(deps: Deps, tx: Tx, proposed: ProposedTargeting): Promise<Impact | 'none'> {
  return (await exposedMoved(deps, tx, proposed)) === 0 ? 'none' : impactOf(deps, tx, proposed)
}

function uncounted(experiment: string): Impact {
  return { basis: { units: 0, since: null }, moved: 0, share: 0, moves: [], sample: [], running: { experiment, moved: 0 } }
}
