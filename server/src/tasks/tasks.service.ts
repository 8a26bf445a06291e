import { assertBasedOnAudited } from '../audit/audited-revision.service.ts'
import type { ExperimentDetail } from '../contract/experiments.ts'
import type { Task } from '../contract/tasks.ts'
import type { Deps } from '../deps.ts'
import type { ExperimentRecord } from '../experiments/experiments.store.ts'
import { createFlagsStore } from '../flags/flags.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import type { Tx } from '../platform/postgres.ts'
import { type AuditDraft, commitChange } from '../rulesets/commit-change.service.ts'
import { tasksAfter } from './tasks-after.ts'
import { createTasksStore } from './tasks.store.ts'

const DAY_MS = 24 * 3_600_000

/** Opens what a decision leaves to do. Call it in the transaction that decides, and audit what it returns. */
export async function openTasks(tx: Tx, projectId: string, actor: Actor, record: Pick<ExperimentRecord, 'id' | 'flagId' | 'summary'>, decision: NonNullable<ExperimentDetail['decision']>): Promise<AuditDraft[]> {
  const { summary } = record
  const { detail } = await createFlagsStore(tx).getById(record.flagId)
  // An archived flag has come to its end already.
  if (detail.archivedAt !== null && decision.choice !== 'iterate') return []
  const planned = tasksAfter({ choice: decision.choice, serves: decision.variant ?? summary.control, flag: detail.key, kind: detail.kind, environment: summary.environment, title: summary.title, hypothesis: summary.hypothesis })
  const at = new Date(decision.at)
  const tasks = planned.map(({ kind, title, dueInDays }) => ({ kind, title, experimentId: record.id, flagId: record.flagId, dueAt: new Date(at.getTime() + dueInDays * DAY_MS) }))
  const opened = await createTasksStore(tx).insert(projectId, tasks, at)
  return opened.map(({ key, title, dueAt, revision }) => ({ at, actor, action: 'task.opened', entityKind: 'task', entityKey: key, after: { title, dueAt }, revision }))
}

export interface TaskChange {
  assignee?: string
  dueAt?: string | null
}

export function saveTask(deps: Deps, projectId: string, actor: Actor, key: string, basedOn: number, change: TaskChange): Promise<Task> {
  return changeTask(deps, projectId, actor, key, basedOn, change, 'task.changed', (task) => {
    const after = { assignee: change.assignee ?? task.assignee, dueAt: change.dueAt === undefined ? task.dueAt : change.dueAt }
    return { data: { assignee: after.assignee, dueAt: after.dueAt === null ? null : new Date(after.dueAt) }, audit: { before: { assignee: task.assignee, dueAt: task.dueAt }, after } }
  })
}

export function completeTask(deps: Deps, projectId: string, actor: Actor, key: string, basedOn: number, note: string): Promise<Task> {
  return changeTask(deps, projectId, actor, key, basedOn, { note }, 'task.done', (task) => {
    if (task.doneAt !== null) throw new AppError('wrong_state', `${key} is done already, by ${task.doneBy ?? 'somebody'}.`)
    return { data: { doneAt: deps.now(), doneBy: actor.name, note }, audit: { reason: note } }
  })
}

export function reopenTask(deps: Deps, projectId: string, actor: Actor, key: string, basedOn: number, note: string): Promise<Task> {
  return changeTask(deps, projectId, actor, key, basedOn, { note }, 'task.reopened', (task) => {
    if (task.doneAt === null) throw new AppError('wrong_state', `${key} is open: there is nothing to open again.`)
    return { data: { doneAt: null, doneBy: null, note }, audit: { reason: note } }
  })
}

interface Edit {
  data: Parameters<ReturnType<typeof createTasksStore>['update']>[1]
  audit: Pick<AuditDraft, 'before' | 'after' | 'reason'>
}

async function changeTask(deps: Deps, projectId: string, actor: Actor, key: string, basedOn: number, yours: unknown, action: string, edit: (task: Task) => Edit): Promise<Task> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createTasksStore(tx)
    const found = await store.find(projectId, key)
    if (!found) throw new AppError('not_found', `There is no task ${key}.`)
    const { id, ...task } = found
    await assertBasedOnAudited(tx, projectId, { kind: 'task', key }, task, basedOn, yours, key)
    const { data, audit } = edit(task)
    const result = await store.update(id, data)
    return { result, audit: [{ at: deps.now(), actor, action, entityKind: 'task', entityKey: key, ...audit, revision: result.revision }], environments: [] }
  })
}
