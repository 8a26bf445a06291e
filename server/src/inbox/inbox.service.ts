import { OPEN_STATUSES } from '../changes/change-record.ts'
import { createChangesStore } from '../changes/changes.store.ts'
import { tallyApprovals } from '../changes/tally-approvals.ts'
import { summaryOf } from '../changes/view-change.ts'
import type { Inbox } from '../contract/inbox.ts'
import type { Deps } from '../deps.ts'
import type { Actor, ProjectScope } from '../http/register.ts'
import { createInboxStore } from './inbox.store.ts'
import { waitingFor } from './waiting.ts'
import type { OpenChange } from './waiting-facts.ts'

/** A rejected change is news for so long. */
const REJECTED_FOR_MS = 7 * 24 * 3_600_000

export async function readInbox(deps: Pick<Deps, 'db' | 'now'>, scope: ProjectScope, { id, name }: Actor): Promise<Inbox> {
  const store = createInboxStore(deps.db)
  const now = deps.now()
  const [members, experiments, hypotheses, changes, rejected, tasks, flags, exports, webhooks, keys] = await Promise.all([
    store.members(scope.id),
    store.openExperiments(scope.id),
    store.untestedHypotheses(scope.id),
    openChanges(deps, scope, id),
    store.rejectedChanges(scope.id, id, new Date(now.getTime() - REJECTED_FOR_MS)),
    store.openTasks(scope.id, name),
    store.flagsPastTheirDay(scope.id, name, now),
    store.failedExports(scope.id, id),
    store.failingWebhooks(scope.id),
    store.leavingKeys(scope.id, now),
  ])
  return waitingFor({ members, experiments, hypotheses, changes, rejected, tasks, flags, exports, webhooks, keys }, { name, role: scope.role }, now)
}

async function openChanges(deps: Pick<Deps, 'db' | 'now'>, scope: ProjectScope, userId: string): Promise<OpenChange[]> {
  const store = createChangesStore(deps.db)
  const [records, roles] = [await store.list(scope.id, { statuses: OPEN_STATUSES }), await store.roles(scope.id)]
  return records.map((record) => ({
    ...summaryOf(record, { id: userId, role: scope.role }, roles, deps.now()),
    author: record.author.name,
    isMine: record.author.id === userId,
    dueAt: record.schedule?.at ?? null,
    failure: record.failure,
    blockedBy: tallyApprovals(record, roles).blockedBy,
  }))
}
