import type { Actor } from '../http/register.ts'
import type { Tx } from '../platform/postgres.ts'
import type { AuditDraft } from '../rulesets/commit-change.service.ts'
import { createChangesStore } from './changes.store.ts'

/** Takes back what is proposed for a flag that goes. For use inside `commitChange`, whose caller audits what is returned. */
export async function withdrawOpenChanges(tx: Tx, flagId: string, { actor, at, why }: { actor: Actor; at: Date; why: string }): Promise<AuditDraft[]> {
  const store = createChangesStore(tx)
  const open = await store.openOf(flagId)
  for (const { id } of open) await store.setStatus(id, 'withdrawn', at)
  return open.map(({ key, environment }) => ({ at, actor, action: 'change.withdrawn', entityKind: 'change', entityKey: key, environment, reason: why }))
}
