import { isRecord } from './attribute.ts'
import type { Fault } from './check-flag.ts'
import type { ErrorCode, Evaluation, Reason } from './evaluation.ts'
import type { Flag, Split, Variant } from './ruleset.ts'

/** An evaluation without a value: the caller's default applies. */
export function failure(flagKey: string, errorCode: ErrorCode, errorMessage: string): Evaluation {
  return Object.freeze({ flagKey, reason: 'ERROR', errorCode, errorMessage })
}

/** Whatever the key is: a caller without types may ask for anything. */
export function notFound(flagKey: unknown): Evaluation {
  const key = typeof flagKey === 'string' ? flagKey : ''
  return failure(key, 'FLAG_NOT_FOUND', `There is no flag ${key.slice(0, 200)}.`)
}

/** Terse, because every bundle has it; `explain` has the sentence. */
export function malformed(flagKey: string, [what, which = '', where = '']: Fault): Evaluation {
  return broken(flagKey, 'PARSE_ERROR', `cannot be used: ${`${where} ${what} ${which}`.trim()}`)
}

export function missingUnit(flagKey: string, unitType: string): Evaluation {
  return broken(flagKey, 'TARGETING_KEY_MISSING', `splits by ${unitType}, and the context has no ${unitType === 'user' ? 'targetingKey' : `${unitType}.id`}`)
}

/** Something outside the evaluation's control failed, such as a proxy in the context. */
export function unexpected(flagKey: string): Evaluation {
  return broken(flagKey, 'GENERAL', 'could not be evaluated for this context')
}

function broken(flagKey: string, errorCode: ErrorCode, problem: string): Evaluation {
  return failure(flagKey, errorCode, `The flag ${flagKey.slice(0, 200)} ${problem}.`)
}

/** What a flag serves that is off: its off variant, else nothing. */
export function offOutcome(flag: Flag, variants: ReadonlyMap<string, Variant>): Evaluation {
  const variant = variants.get(flag.offVariant as string)
  return variant ? served(flag.key, variant, 'STATIC') : Object.freeze({ flagKey: flag.key, reason: 'DISABLED' })
}

/** `split` is what served it, if one did. */
export function served(flagKey: string, { key, value }: Variant, reason: Reason, ruleId?: string, split?: Split): Evaluation {
  return Object.freeze({
    flagKey, value, variant: key, reason,
    ...(ruleId !== undefined && { ruleId }),
    ...(split?.experiment !== undefined && { experiment: split.experiment, phase: split.phase ?? 1 }),
    ...(split && { unitType: split.unit }),
  })
}

/** Freezes a value with all its parts, so that no caller can change what the next one gets. */
export function deepFreeze(value: unknown): void {
  const open = [value]
  for (const next of open) {
    if (!isRecord(next) || Object.isFrozen(next)) continue
    Object.freeze(next)
    open.push(...Object.values(next))
  }
}
