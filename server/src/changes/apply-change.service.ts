import type { Change } from '../contract/changes.ts'
import { mergeTargeting } from '../contract/merge-targeting.ts'
import { sameValue } from '../contract/same-value.ts'
import type { Deps } from '../deps.ts'
import { assertDistinct, assertKeepsDivisions } from '../flags/check-proposal.ts'
import { assertMovesNobodyInExperiment } from '../flags/experiment-moves.service.ts'
import { assertNotArchived, environmentOf } from '../flags/flag-record.ts'
import { createFlagRevisionsStore } from '../flags/flag-revisions.store.ts'
import { createFlagsStore } from '../flags/flags.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor, ProjectScope } from '../http/register.ts'
import type { Tx } from '../platform/postgres.ts'
import { type Change as Committed, commitChange } from '../rulesets/commit-change.service.ts'
import { type ChangeRecord, isOpen } from './change-record.ts'
import { assertRevision, entry, findChange, findOpen, getChange, placeOf } from './changes.service.ts'
import { createChangesStore } from './changes.store.ts'
import { heldBack, standing, turnedOffSince } from './standing.ts'
import { tallyApprovals } from './tally-approvals.ts'

/** Makes an approved change live: now, whatever its time. Where live overlaps with it, nothing is written and it is conflicted. */
export async function applyChange(deps: Deps, scope: ProjectScope, actor: Actor, key: string, revision: number, confirmMoves: boolean): Promise<Change> {
  let tried: ChangeRecord | undefined
  try {
    await commitChange(deps, scope.id, async (tx) => {
      const record = await findOpen(tx, scope.id, key)
      assertRevision(record, revision, { revision })
      await assertApproved(deps, tx, record)
      tried = record
      return applyNow(deps, tx, record, actor, confirmMoves)
    })
  } catch (error) {
    if (tried && error instanceof AppError && (error.code === 'invalid_ruleset' || error.code === 'wrong_state')) await recordFailure(deps, tried, `It could not be applied. ${error.message}`)
    throw error
  }
  return getChange(deps, scope, actor, key)
}

/**
 * Applies what is due, each as a change of its own in the name of its author. What cannot be applied says why and waits
 * for a person; it is not tried again by itself.
 */
export async function applyDueChanges(deps: Deps, signal: AbortSignal): Promise<void> {
  for (const { projectId, key } of await createChangesStore(deps.db).due(deps.now())) {
    if (signal.aborted) return
    await applyDue(deps, projectId, key).catch((error: unknown) => { deps.log.error({ err: error, change: key }, 'A scheduled change could not be looked at: it is tried again') })
  }
}

async function applyDue(deps: Deps, projectId: string, key: string): Promise<void> {
  let tried: ChangeRecord | undefined
  try {
    await commitChange(deps, projectId, async (tx) => {
      // The project is locked: whoever came first has left another status, and this one finds nothing to do.
      const record = await findChange(tx, projectId, key)
      const { schedule } = record
      if (!isOpen(record) || record.status === 'conflicted' || schedule === null || schedule.at > deps.now() || record.failure !== null) return NOTHING
      const held = heldBack({ ...record, schedule }, await createChangesStore(tx).roles(projectId)) ?? (await killed(tx, record))
      if (held !== null) return failed(deps, tx, record, held)
      tried = record
      const { author } = record
      return applyNow(deps, tx, record, author.id === null ? null : { id: author.id, name: author.name }, false)
    })
  } catch (error) {
    if (!tried || !(error instanceof AppError) || error.code === 'storage_unavailable') throw error
    await recordFailure(deps, tried, `It was not applied at its time. ${error.message}`)
  }
}

/** Nothing turns a flag on by itself that somebody has turned off since the change was proposed. */
async function killed(tx: Tx, { projectId, flag, environment, basedOn, base, proposed }: ChangeRecord): Promise<string | null> {
  if (base.enabled || !proposed.enabled) return null
  const entries = await createFlagRevisionsStore(tx).targetings(projectId, flag.key, environment.key)
  return turnedOffSince(basedOn, entries) ? `It was not applied at its time: ${flag.key} was turned off since it was proposed. Apply it once it may go on again.` : null
}

const NOTHING: Committed<void> = { result: undefined, audit: [], environments: [] }

/** Rows, audit, ruleset and the status of the change commit together. A null actor is Assay. */
async function applyNow(deps: Deps, tx: Tx, record: ChangeRecord, actor: Actor | null, confirmMoves: boolean): Promise<Committed<void>> {
  const flags = createFlagsStore(tx)
  const changes = createChangesStore(tx)
  const at = deps.now()
  const flag = await flags.get(record.projectId, record.flag.key)
  assertNotArchived(flag)
  const environment = environmentOf(flag, record.environment.key)
  const live = environment.state.targeting
  assertDistinct(record.flag.key, record.proposed)
  const { targeting, overlaps } = mergeTargeting(record.base, live, record.proposed)
  if (overlaps.length > 0) {
    await changes.setStatus(record.id, 'conflicted', at)
    const after = { flag: record.flag.key, overlaps: overlaps.map(({ subject }) => subject) }
    return { result: undefined, audit: [entry(deps, actor, 'change.conflicted', placeOf(record), { after, revision: record.revision })], environments: [] }
  }
  const by = actor?.name ?? record.author.name
  const applied = (revision: number) => entry(deps, actor, 'change.applied', placeOf(record), { after: { flag: record.flag.key, revision, proposedBy: record.author.name }, reason: record.reason, revision: record.revision })
  if (sameValue(live, targeting)) {
    await changes.setApplied(record.id, { at, by, revision: environment.state.revision })
    return { result: undefined, audit: [applied(environment.state.revision)], environments: [] }
  }
  assertKeepsDivisions(flag, environment, targeting, await createFlagRevisionsStore(tx).past(record.projectId, record.flag.key, record.environment.key))
  if (!confirmMoves) await assertMovesNobodyInExperiment(deps, tx, { projectId: record.projectId, record: flag, environment, targeting })
  await flags.replaceTargeting(flag.id, environment.id, targeting, { by, at })
  const { state } = environmentOf(await flags.get(record.projectId, record.flag.key), record.environment.key)
  await changes.setApplied(record.id, { at, by, revision: state.revision })
  const changed = { at, actor, action: 'flag.targeting_changed', entityKind: 'flag' as const, entityKey: record.flag.key, environment: record.environment.key, before: live, after: state.targeting, reason: `${record.key}: ${record.reason}`, revision: state.revision }
  return { result: undefined, audit: [changed, applied(state.revision)], environments: [environment.id] }
}

async function assertApproved(deps: Deps, tx: Tx, record: ChangeRecord): Promise<void> {
  const { key, environment } = record
  const approvals = tallyApprovals(record, await createChangesStore(tx).roles(record.projectId))
  const status = standing(record, approvals, deps.now())
  if (status === 'conflicted') throw new AppError('wrong_state', `${key} overlaps with what changed since: its author has to choose first.`, { details: { status } })
  if (status !== 'open') return
  const { given, needed, blockedBy } = approvals
  const missing = blockedBy.length > 0 ? `${blockedBy.join(' and ')} asked for changes` : `it has ${given} of ${needed} approvals`
  throw new AppError('approval_required', `${key} cannot be applied yet: ${missing}.`, { details: { policy: environment.policy, approvals: { given, needed } } })
}

/** The refused try was rolled back whole; only why it failed is kept, unless the change has moved on meanwhile. */
async function recordFailure(deps: Deps, tried: ChangeRecord, why: string): Promise<void> {
  await commitChange(deps, tried.projectId, async (tx) => {
    const record = await findChange(tx, tried.projectId, tried.key)
    return isOpen(record) && record.revision === tried.revision ? failed(deps, tx, record, why) : NOTHING
  })
}

async function failed(deps: Deps, tx: Tx, record: ChangeRecord, why: string): Promise<Committed<void>> {
  const store = createChangesStore(tx)
  const status = standing({ ...record, failure: why }, tallyApprovals(record, await store.roles(record.projectId)), deps.now())
  await store.setStatus(record.id, status, deps.now(), why)
  return { result: undefined, audit: [entry(deps, null, 'change.not_applied', placeOf(record), { reason: why, revision: record.revision })], environments: [] }
}
