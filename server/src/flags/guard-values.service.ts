import type { FlagVariant } from '../contract/flags.ts'
import { sameValue } from '../contract/same-value.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Tx } from '../platform/postgres.ts'
import { possibleOutcomes } from '../usage/possible-outcomes.ts'
import type { FlagRecord } from './flag-record.ts'

/** A value holds in every environment at once: where changes are reviewed, none that is served there changes under people's feet. */
export async function assertValuesReviewed(tx: Tx, record: FlagRecord, variants: readonly FlagVariant[]): Promise<void> {
  const changed = record.detail.variants.filter(({ key, value }) => !sameValue(variants.find((variant) => variant.key === key)?.value, value))
  if (changed.length === 0) return
  for (const { id, state: { environment, targeting } } of record.environments) {
    const policy = await createEnvironmentsStore(tx).policy(id)
    if (policy.approvals === 0) continue
    const possible = possibleOutcomes({ ...targeting, serves: targeting.rules.map(({ serve }) => serve) })
    const served = changed.find(({ key }) => possible.has(key))
    if (served) throw new AppError('approval_required', `${environment} serves ${served.key}, and its changes are reviewed: add a variant with the new value, and propose to serve it. Nothing was saved.`, { details: { policy, environment, variant: served.key } })
  }
}
