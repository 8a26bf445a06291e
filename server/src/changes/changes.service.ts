import type { Change, ChangeSchedule, ChangeStatus, ChangeSummary } from '../contract/changes.ts'
import type { Targeting } from '../contract/flags.ts'
import { mergeTargeting } from '../contract/merge-targeting.ts'
import { allows } from '../contract/roles.ts'
import { sameValue } from '../contract/same-value.ts'
import type { Deps } from '../deps.ts'
import { assertDistinct, assertKeepsDivisions } from '../flags/check-proposal.ts'
import { assertNotArchived, environmentOf, type FlagRecord, type RecordEnvironment } from '../flags/flag-record.ts'
import { createFlagRevisionsStore } from '../flags/flag-revisions.store.ts'
import { createFlagsStore } from '../flags/flags.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor, ProjectScope } from '../http/register.ts'
import { assertBasedOn } from '../http/revision-conflict.ts'
import { assertServable } from '../impact/impact.service.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { type AuditDraft, commitChange } from '../rulesets/commit-change.service.ts'
import { type ChangeRecord, isOpen, OPEN_STATUSES } from './change-record.ts'
import { createChangesStore, type Proposal } from './changes.store.ts'
import { resolveSchedule } from './resolve-schedule.ts'
import { standing } from './standing.ts'
import { mayApprove, tallyApprovals } from './tally-approvals.ts'
import { changeOf, summaryOf } from './view-change.ts'

/** A proposal as its author writes it. */
export interface ProposalDraft {
  basedOn: number
  targeting: Targeting
  reason: string
  schedule?: ChangeSchedule | null
}

export interface ReviewDraft {
  revision: number
  verdict: 'approved' | 'changes_requested' | 'comment'
  comment: string
}

/** Newest first. What is open stands by the approvals and the policy of now. */
export async function listChanges(deps: Deps, scope: ProjectScope, actor: Actor, { status, flag, environment }: { status?: ChangeStatus; flag?: string; environment?: string }): Promise<ChangeSummary[]> {
  const store = createChangesStore(deps.db)
  const statuses = status === undefined ? undefined : OPEN_STATUSES.includes(status) ? OPEN_STATUSES : [status]
  const filter = { ...(statuses ? { statuses } : {}), ...(flag === undefined ? {} : { flag }), ...(environment === undefined ? {} : { environment }) }
  const [records, roles] = [await store.list(scope.id, filter), await store.roles(scope.id)]
  return records.map((record) => summaryOf(record, { id: actor.id, role: scope.role }, roles, deps.now())).filter((summary) => status === undefined || summary.status === status)
}

export async function getChange(deps: Deps, scope: ProjectScope, actor: Actor, key: string): Promise<Change> {
  const record = await findChange(deps.db, scope.id, key)
  const { state } = environmentOf(await createFlagsStore(deps.db).get(scope.id, record.flag.key), record.environment.key)
  return changeOf(record, state, { id: actor.id, role: scope.role }, await createChangesStore(deps.db).roles(scope.id), deps.now())
}

export async function proposeChange(deps: Deps, scope: ProjectScope, actor: Actor, at: { flag: string; environment: string }, draft: ProposalDraft): Promise<Change> {
  const key = await commitChange(deps, scope.id, async (tx) => {
    const store = createChangesStore(tx)
    const record = await createFlagsStore(tx).get(scope.id, at.flag)
    assertNotArchived(record)
    const environment = environmentOf(record, at.environment)
    assertBasedOn(environment.state, draft.basedOn, draft.targeting, `What ${at.flag} does in ${at.environment}`)
    const proposal: Proposal = { basedOn: draft.basedOn, base: environment.state.targeting, proposed: draft.targeting, reason: draft.reason, schedule: scheduleOf(deps, draft.schedule ?? null) }
    await assertAppliable(tx, scope.id, record, environment, proposal)
    const created = await store.insert(scope.id, { flagId: record.id, environmentId: environment.id }, actor, proposal, deps.now())
    await restand(deps, tx, scope.id, created)
    return { result: created, audit: [entry(deps, actor, 'change.proposed', { key: created, environment: at.environment }, { after: auditedProposal(at.flag, proposal), reason: draft.reason, revision: 1 })], environments: [] }
  })
  return getChange(deps, scope, actor, key)
}

/** Replaces the proposal: by its author only, or an approver could approve their own words. Approvals of the older one no longer count. */
export async function updateChange(deps: Deps, scope: ProjectScope, actor: Actor, key: string, revision: number, draft: ProposalDraft): Promise<Change> {
  await commitChange(deps, scope.id, async (tx) => {
    const before = await findOpen(tx, scope.id, key)
    if (before.author.id !== actor.id) throw new AppError('forbidden', `Only ${before.author.name} may edit ${key}: ask for changes, or propose your own.`)
    assertRevision(before, revision, draft)
    const record = await createFlagsStore(tx).get(scope.id, before.flag.key)
    const environment = environmentOf(record, before.environment.key)
    const proposal: Proposal = { ...baseOf(before, environment, draft), proposed: draft.targeting, reason: draft.reason, schedule: keptSchedule(deps, before, draft.schedule ?? null) }
    await assertAppliable(tx, scope.id, record, environment, proposal)
    await createChangesStore(tx).propose(before.id, proposal, deps.now())
    await restand(deps, tx, scope.id, key)
    const audited = { before: auditedProposal(before.flag.key, before), after: auditedProposal(before.flag.key, proposal), reason: draft.reason, revision: before.revision + 1 }
    return { result: undefined, audit: [entry(deps, actor, 'change.changed', placeOf(before), audited)], environments: [] }
  })
  return getChange(deps, scope, actor, key)
}

const REVIEW_ACTIONS = { approved: 'change.approved', changes_requested: 'change.changes_requested', comment: 'change.commented' } as const

export async function reviewChange(deps: Deps, scope: ProjectScope, actor: Actor, key: string, { revision, verdict, comment }: ReviewDraft): Promise<Change> {
  await commitChange(deps, scope.id, async (tx) => {
    const record = await findOpen(tx, scope.id, key)
    assertRevision(record, revision, { verdict, comment })
    if (verdict !== 'comment') assertMayReview(record, scope, actor)
    if (verdict !== 'approved' && comment === '') throw new AppError('invalid_request', 'Write what you have to say.', { details: [{ path: 'comment', message: 'Write what you have to say.' }] })
    await createChangesStore(tx).addReview(record.id, { by: actor, verdict, comment, at: deps.now(), revision })
    await restand(deps, tx, scope.id, key)
    return { result: undefined, audit: [entry(deps, actor, REVIEW_ACTIONS[verdict], placeOf(record), { ...(comment === '' ? {} : { reason: comment }), revision })], environments: [] }
  })
  return getChange(deps, scope, actor, key)
}

/** The author takes it back; anybody else who may approve or apply it rejects it. */
export async function withdrawChange(deps: Deps, scope: ProjectScope, actor: Actor, key: string, reason: string | undefined): Promise<Change> {
  await commitChange(deps, scope.id, async (tx) => {
    const record = await findOpen(tx, scope.id, key)
    const status = record.author.id === actor.id ? 'withdrawn' : 'rejected'
    if (status === 'rejected' && !allows(scope.role, 'flag.write') && !mayApprove(record.environment.policy, scope.role)) {
      throw new AppError('forbidden', `Only ${record.author.name}, and those who may approve it, can close ${key}.`)
    }
    await createChangesStore(tx).setStatus(record.id, status, deps.now())
    return { result: undefined, audit: [entry(deps, actor, `change.${status}`, placeOf(record), { ...(reason === undefined ? {} : { reason }), revision: record.revision })], environments: [] }
  })
  return getChange(deps, scope, actor, key)
}

export async function findChange(db: Database | Tx, projectId: string, key: string): Promise<ChangeRecord> {
  const record = await createChangesStore(db).find(projectId, key)
  if (!record) throw new AppError('not_found', `There is no change ${key}.`)
  return record
}

export async function findOpen(tx: Tx, projectId: string, key: string): Promise<ChangeRecord> {
  const record = await findChange(tx, projectId, key)
  if (!isOpen(record)) throw new AppError('wrong_state', `${key} is ${record.status} already.`, { details: { status: record.status } })
  return record
}

export function assertRevision(record: ChangeRecord, revision: number, yours: unknown): void {
  const { proposed, reason, author, changedAt } = record
  assertBasedOn({ revision: record.revision, changedBy: author.name, changedAt: changedAt.toISOString(), ...{ proposed, reason } }, revision, yours, `The proposal ${record.key}`)
}

/** Stores where the change stands now. */
async function restand(deps: Deps, tx: Tx, projectId: string, key: string): Promise<void> {
  const store = createChangesStore(tx)
  const record = await findChange(tx, projectId, key)
  const status = standing(record, tallyApprovals(record, await store.roles(projectId)), deps.now())
  if (status !== record.status) await store.setStatus(record.id, status, deps.now())
}

function assertMayReview({ key, author, environment }: ChangeRecord, { role }: ProjectScope, actor: Actor): void {
  if (author.id === actor.id) throw new AppError('forbidden', `You proposed ${key}: somebody else has to review it.`)
  if (mayApprove(environment.policy, role)) return
  const approvers = environment.policy.approvers.map((name) => name.replace('_', ' ')).join(' and ')
  throw new AppError('forbidden', `Changes in ${environment.key} are reviewed by ${approvers}; your role is ${role.replace('_', ' ')}. You can comment.`, { details: { approvers: environment.policy.approvers, role } })
}

/** The proposal stays on its base, or starts from what is live now. */
function baseOf(before: ChangeRecord, { state }: RecordEnvironment, { basedOn, targeting }: ProposalDraft): Pick<Proposal, 'basedOn' | 'base'> {
  if (basedOn === before.basedOn) return { basedOn, base: before.base }
  assertBasedOn(state, basedOn, targeting, `What ${before.flag.key} does in ${before.environment.key}`)
  return { basedOn, base: state.targeting }
}

/** Refuses early what could not be applied, as far as that is known now. */
async function assertAppliable(tx: Tx, projectId: string, record: FlagRecord, environment: RecordEnvironment, { base, proposed }: Proposal): Promise<void> {
  assertDistinct(record.detail.key, proposed)
  if (sameValue(base, proposed)) throw new AppError('invalid_request', 'The proposal changes nothing.', { details: [{ path: 'targeting', message: 'The proposal changes nothing.' }] })
  const { targeting, overlaps } = mergeTargeting(base, environment.state.targeting, proposed)
  if (overlaps.length > 0) return
  assertKeepsDivisions(record, environment, targeting, await createFlagRevisionsStore(tx).past(projectId, record.detail.key, environment.state.environment))
  await assertServable(tx, projectId, record, environment, targeting)
}

function scheduleOf(deps: Deps, schedule: ChangeSchedule | null): Proposal['schedule'] {
  if (schedule === null) return null
  const resolved = resolveSchedule(schedule, deps.now())
  if ('at' in resolved) return { ...resolved, local: schedule.local }
  throw new AppError('invalid_request', resolved.message, { details: [{ path: `schedule.${resolved.path}`, message: resolved.message }] })
}

/** A time that has passed does not stand in the way of an edit: from then on the change waits for somebody to apply it. */
function keptSchedule(deps: Deps, { schedule }: ChangeRecord, asked: ChangeSchedule | null): Proposal['schedule'] {
  const same = schedule !== null && asked !== null && schedule.local === asked.local && schedule.timeZone === asked.timeZone
  if (!same) return scheduleOf(deps, asked)
  return schedule.at > deps.now() ? schedule : null
}

/** What the audit log keeps of a proposal. */
function auditedProposal(flag: string, { basedOn, proposed, schedule }: Pick<Proposal, 'basedOn' | 'proposed' | 'schedule'>) {
  return { flag, basedOn, targeting: proposed, schedule: schedule && { local: schedule.local, timeZone: schedule.timeZone, at: schedule.at.toISOString() } }
}

export function placeOf({ key, environment }: ChangeRecord): { key: string; environment: string } {
  return { key, environment: environment.key }
}

export function entry(deps: Pick<Deps, 'now'>, actor: Actor | null, action: string, { key, environment }: { key: string; environment: string }, more: Partial<AuditDraft>): AuditDraft {
  return { at: deps.now(), actor, action, entityKind: 'change', entityKey: key, environment, ...more }
}
