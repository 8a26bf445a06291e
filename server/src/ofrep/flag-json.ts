import type { Evaluation, FlagType, Json } from '@assay/sdk/core'

/** Values of OFREP metadata are texts, so that no client stumbles over a number it reads as another type. */
export type FlagMetadata = Readonly<Record<string, string>>

/** A member of an OFREP answer that says why there is no value. */
export interface Failure {
  key?: string
  errorCode: string
  errorDetails: string
}

/**
 * The answer of one flag that has no error, in one order of members: clients compare entries as text. Without `value` the
 * caller's default applies, and there is never a null: clients take that for a value.
 */
export function successText({ flagKey, value, variant, reason }: Evaluation, type: FlagType, metadata: FlagMetadata): string {
  const hasValue = value !== undefined && value !== null && variant !== undefined
  const served = hasValue ? `"value":${valueText(type, value)},"variant":${JSON.stringify(variant)},` : ''
  return `{"key":${JSON.stringify(flagKey)},${served}"reason":${JSON.stringify(reason)},"metadata":${JSON.stringify(metadata)}}`
}

/** Every member is always there: clients read all of them without looking. */
export function failureText({ key, errorCode, errorDetails }: Failure, metadata: FlagMetadata = {}): string {
  return JSON.stringify({ ...(key === undefined ? {} : { key }), errorCode, errorDetails, metadata })
}

/** A float is written so that statically typed clients see one: `1.0`, which `JSON.stringify` cannot. */
function valueText(type: FlagType, value: Json): string {
  const text = JSON.stringify(value)
  return type === 'float' && /^-?\d+$/.test(text) ? `${text}.0` : text
}
