import type { Json } from './ruleset.ts'

/** Why a value was chosen: OpenFeature's resolution reasons. */
export type Reason = 'STATIC' | 'DEFAULT' | 'TARGETING_MATCH' | 'SPLIT' | 'DISABLED' | 'ERROR'

export type ErrorCode = 'FLAG_NOT_FOUND' | 'PARSE_ERROR' | 'TYPE_MISMATCH' | 'TARGETING_KEY_MISSING' | 'PROVIDER_NOT_READY' | 'GENERAL'

/**
 * The outcome of evaluating one flag for one context. Without `value` the caller's default applies.
 * Prepared at compile time and frozen; equal outcomes are the same object.
 */
export interface Evaluation {
  readonly flagKey: string
  readonly value?: Json
  readonly variant?: string
  readonly reason: Reason
  readonly ruleId?: string
  readonly experiment?: string
  readonly phase?: number
  readonly unitType?: string
  readonly errorCode?: ErrorCode
  readonly errorMessage?: string
}

/** What the caller tells us of the thing being decided for: OpenFeature's evaluation context. */
export interface Context {
  readonly targetingKey?: string
  readonly [attribute: string]: unknown
}
