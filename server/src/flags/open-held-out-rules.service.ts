import type { Actor } from '../http/register.ts'
import type { Tx } from '../platform/postgres.ts'
import type { AuditDraft } from '../rulesets/commit-change.service.ts'
import { environmentOf } from './flag-record.ts'
import { createFlagsStore } from './flags.store.ts'

/** Rules that passed held-out units by are for everybody from now on. For use inside `commitChange`, whose caller records the entries and names every environment. */
export async function openHeldOutRules(tx: Tx, projectId: string, actor: Actor, at: Date): Promise<AuditDraft[]> {
  const store = createFlagsStore(tx)
  const audit: AuditDraft[] = []
  for (const record of await store.withHeldOutRules(projectId)) {
    for (const { id, state } of record.environments) {
      if (!state.targeting.rules.some((rule) => rule.heldOut)) continue
      const rules = state.targeting.rules.map(({ heldOut: _open, ...rule }) => rule)
      await store.replaceTargeting(record.id, id, { ...state.targeting, rules }, { by: actor.name, at })
      const after = environmentOf(await store.getById(record.id), state.environment).state
      audit.push({ at, actor, action: 'flag.targeting_changed', entityKind: 'flag', entityKey: record.detail.key, environment: state.environment, before: state.targeting, after: after.targeting, revision: after.revision })
    }
  }
  return audit
}
