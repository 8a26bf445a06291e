import type { Condition } from '@assay/sdk/core'
import type { TargetingRule } from '../contract/flags.ts'
import { sameValue } from '../contract/same-value.ts'

/** Whom an experiment would admit: the condition of its rule, none for everybody, and its unit type. */
export interface Audience {
  when: Condition | undefined
  unit: string
}

export interface RulePlace {
  /** Where the experiment's rule goes among those of the flag. */
  index: number
  /** The first rule before that place which leaves nobody to the experiment. */
  blockedBy: number | null
}

/**
 * Where a new experiment's rule goes: behind all others, but before the rule of an earlier experiment that decides for
 * everybody it would admit. That one goes on serving whom the new one does not admit. `left` are the ids of the rules
 * that experiments left which no longer run.
 */
export function rulePlace(rules: readonly TargetingRule[], audience: Audience, left: ReadonlySet<string>): RulePlace {
  const leavesNobody = rules.map((rule) => decidesForAll(rule, audience))
  const leftForAll = rules.findIndex((rule, index) => leavesNobody[index] && left.has(rule.id))
  const index = leftForAll < 0 ? rules.length : leftForAll
  const blockedBy = leavesNobody.slice(0, index).indexOf(true)
  return { index, blockedBy: blockedBy < 0 ? null : blockedBy }
}

function decidesForAll({ when, serve }: TargetingRule, audience: Audience): boolean {
  if (!alwaysHolds(when) && !(when && audience.when && sameValue(when, audience.when))) return false
  if ('variant' in serve) return true
  return serve.hash === 'murmur3' && serve.coverage === 100_000 && serve.layer === undefined && serve.unit === audience.unit
}

/** Whether a condition holds whatever the context. */
export function alwaysHolds(when: Condition | undefined): boolean {
  if (when === undefined) return true
  if ('all' in when) return when.all.every(alwaysHolds)
  return 'any' in when && when.any.some(alwaysHolds)
}
