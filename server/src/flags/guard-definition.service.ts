import type { FlagVariant } from '../contract/flags.ts'
import { allows, type Role } from '../contract/roles.ts'
import { sameValue } from '../contract/same-value.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Tx } from '../platform/postgres.ts'
import { possibleOutcomes } from '../usage/possible-outcomes.ts'
import type { FlagRecord } from './flag-record.ts'

/** A change of the definition, as far as the environments' policies look at it. */
interface AskedDefinition {
  change: { variants?: readonly FlagVariant[]; clientVisible?: boolean }
  role: Role
  reason: string | undefined
  bypass: boolean
}

/**
 * The definition holds in every environment at once. Where changes are reviewed, no value that is served there changes
 * under people's feet, and a flag that is on is not shown to clients; where a reason is asked for, new values need one.
 * `bypassed`: it went past the review, and the audit log must say so.
 */
export async function guardDefinition(tx: Tx, record: FlagRecord, { change, role, reason = '', bypass }: AskedDefinition): Promise<'admitted' | 'bypassed'> {
  const { variants } = change
  const changed = variants === undefined ? [] : record.detail.variants.filter(({ key, value }) => !sameValue(variants.find((variant) => variant.key === key)?.value, value))
  const opens = change.clientVisible === true && !record.detail.clientVisible
  if (changed.length === 0 && !opens) return 'admitted'
  let outcome: 'admitted' | 'bypassed' = 'admitted'
  for (const { id, state: { environment, targeting } } of record.environments) {
    const policy = await createEnvironmentsStore(tx).policy(id)
    const reviewed = policy.approvals > 0
    const possible = possibleOutcomes({ ...targeting, serves: targeting.rules.map(({ serve }) => serve) })
    const served = changed.find(({ key }) => possible.has(key))
    if (reviewed && served) throw new AppError('approval_required', `${environment} serves ${served.key}, and its changes are reviewed: add a variant with the new value, and propose to serve it. Nothing was saved.`, { details: { policy, environment, variant: served.key } })
    if (policy.requireReason && targeting.enabled && changed.length > 0 && reason === '') throw new AppError('reason_required', `${record.detail.key} is on in ${environment}, where a change needs a reason: say why its values change.`)
    if (!reviewed || !opens || !targeting.enabled) continue
    if (!bypass) throw new AppError('approval_required', `${record.detail.key} is on in ${environment}, whose changes are reviewed: turn it off there before client keys may see it, and propose to turn it on again. Nothing was saved.`, { details: { policy, environment } })
    if (!allows(role, 'flag.bypass')) throw new AppError('forbidden', `Your role is ${role.replace('_', ' ')}: it does not allow going past the review of ${environment}.`, { details: { permission: 'flag.bypass', role } })
    if (reason === '') throw new AppError('reason_required', `Say why client keys of ${environment} cannot wait for its review.`)
    outcome = 'bypassed'
  }
  return outcome
}
