import type { Base } from '../base.ts'
import type { Hypothesis } from '../contract/hypotheses.ts'
import { environmentOf } from '../flags/flag-record.ts'
import { createFlagsStore } from '../flags/flags.store.ts'
import type { Tx } from '../platform/postgres.ts'
import { type AuditDraft, type CommitDeps, commitChange } from '../rulesets/commit-change.service.ts'
import { servesOnly } from './end-state.ts'
import { createTasksStore, type OpenTask } from './tasks.store.ts'

/** Assay saw it itself. */
const BY = 'Assay'

/** Completes the follow-ups that a hypothesis answers by saying what it goes on from. Call it in the transaction that writes the hypothesis, and audit what it returns. */
export async function closeFollowUps(deps: Pick<Base, 'now'>, tx: Tx, projectId: string, { key, relatedTo }: Pick<Hypothesis, 'key' | 'relatedTo'>): Promise<AuditDraft[]> {
  if (relatedTo === undefined) return []
  const open = await createTasksStore(tx).openFollowUps(projectId, relatedTo.hypothesis)
  const audit: AuditDraft[] = []
  for (const task of open) audit.push(await close(deps, tx, task, `${key} goes on from ${relatedTo.hypothesis}.`))
  return audit
}

/** Completes the open tasks that flags show to be done. Returns the keys of those that were. */
export async function closeDoneTasks(deps: CommitDeps, projectId: string): Promise<string[]> {
  const seen = (await createTasksStore(deps.db).watched(projectId)).length > 0
  if (!seen) return []
  return commitChange(deps, projectId, async (tx) => {
    const audit: AuditDraft[] = []
    for (const task of await createTasksStore(tx).watched(projectId)) {
      const why = await evidenceOf(tx, task)
      if (why !== null) audit.push(await close(deps, tx, task, why))
    }
    return { result: audit.map(({ entityKey }) => entityKey), audit, environments: [] }
  })
}

/** Why a task is done, as its flag shows; null where it is not. */
async function evidenceOf(tx: Tx, { kind, flagId, flagArchived, environment, serves }: OpenTask): Promise<string | null> {
  if (flagId === null) return null
  if (flagArchived) return 'The flag is archived.'
  if (kind !== 'end_state' || serves === null) return null
  const flag = await createFlagsStore(tx).getById(flagId)
  const { targeting } = environmentOf(flag, environment).state
  return servesOnly(targeting, serves) ? `The flag serves ${serves} to everybody in ${environment}.` : null
}

async function close(deps: Pick<Base, 'now'>, tx: Tx, { id, key }: { id: string; key: string }, note: string): Promise<AuditDraft> {
  const at = deps.now()
  const { revision } = await createTasksStore(tx).update(id, { doneAt: at, doneBy: BY, note })
  return { at, actor: null, action: 'task.done', entityKind: 'task', entityKey: key, reason: note, revision }
}
