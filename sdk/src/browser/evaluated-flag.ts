import type { Json } from '../core/index.ts'

/** One flag decided for one context, as `POST /ofrep/v1/evaluate/flags` answers it. Without `value` the caller's default applies. */
export interface EvaluatedFlag {
  readonly key: string
  readonly value?: Json
  readonly variant?: string
  readonly reason?: string
  /** `experiment`, `phase` and `unitType` where the evaluation exposes its unit to an experiment. */
  readonly metadata?: FlagMetadata
  readonly errorCode?: string
  readonly errorDetails?: string
}

export interface FlagMetadata {
  readonly [name: string]: string | number | boolean
}

/** Values that a server decided for the page it renders: what `bootstrap(context)` of the Node client gives. */
export interface Bootstrap {
  readonly flags: readonly EvaluatedFlag[]
}
