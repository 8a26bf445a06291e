import { isRecord } from './attribute.ts'
import type { ErrorCode, Evaluation, Reason } from './evaluation.ts'
import type { Flag, Split, Variant } from './ruleset.ts'

/** An evaluation without a value: the caller's default applies. */
export function failure(flagKey: string, errorCode: ErrorCode, errorMessage: string): Evaluation {
  return Object.freeze({ flagKey, reason: 'ERROR', errorCode, errorMessage })
}

/** Whatever the key is: a caller without types may ask for anything. */
export function notFound(flagKey: unknown): Evaluation {
  if (typeof flagKey !== 'string') return failure('', 'FLAG_NOT_FOUND', 'The key of a flag is a text.')
  return failure(flagKey, 'FLAG_NOT_FOUND', `There is no flag ${flagKey.slice(0, 200)}.`)
}

export function malformed(flagKey: string, fault: string): Evaluation {
  return failure(flagKey, 'PARSE_ERROR', `The flag ${flagKey.slice(0, 200)} cannot be used: ${fault}.`)
}

export function missingUnit(flagKey: string, unitType: string): Evaluation {
  const name = unitType === 'user' ? 'targetingKey' : `${unitType}.id`
  return failure(flagKey, 'TARGETING_KEY_MISSING', `The flag ${flagKey} splits by ${unitType}, and the context has no ${name}.`)
}

/** Something outside the evaluation's control failed, such as a proxy in the context. */
export function unexpected(flagKey: string): Evaluation {
  return failure(flagKey, 'GENERAL', `The flag ${flagKey.slice(0, 200)} could not be evaluated for this context.`)
}

/** What a flag serves that is off: its off variant, else nothing. */
export function offOutcome(flag: Flag, variants: ReadonlyMap<string, Variant>): Evaluation {
  const variant = flag.offVariant === undefined ? undefined : variants.get(flag.offVariant)
  return variant ? served(flag.key, variant, 'STATIC') : Object.freeze({ flagKey: flag.key, reason: 'DISABLED' })
}

export function served(flagKey: string, { key, value }: Variant, reason: Reason, ruleId?: string): Evaluation {
  const rule = ruleId === undefined ? {} : { ruleId }
  return Object.freeze({ flagKey, value, variant: key, reason, ...rule })
}

export function splitOutcome(flagKey: string, { key, value }: Variant, split: Split, ruleId?: string): Evaluation {
  const rule = ruleId === undefined ? {} : { ruleId }
  const experiment = split.experiment === undefined ? {} : { experiment: split.experiment, phase: split.phase ?? 1 }
  return Object.freeze({ flagKey, value, variant: key, reason: 'SPLIT', ...rule, ...experiment, unitType: split.unit })
}

/** Freezes a value with all its parts, so that no caller can change what the next one gets. */
export function deepFreeze(value: unknown): void {
  const open = [value]
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    if (!isRecord(next) || Object.isFrozen(next)) continue
    Object.freeze(next)
    open.push(...Object.values(next))
  }
}
