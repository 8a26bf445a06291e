import { isRecord } from './attribute.ts'
import { BUCKETS } from './bucket.ts'
import type { Flag, FlagType } from './ruleset.ts'

/**
 * What makes a flag unusable, or undefined. Keys this version does not know are no fault, and conditions are not looked
 * at here: what cannot be read of them is unknown.
 */
export function flagFault(flag: unknown): string | undefined {
  if (!isRecord(flag)) return 'it is no object'
  const { type, variants, rules } = flag
  if (typeof type !== 'string' || !Object.hasOwn(accepts, type)) return `its type is ${shown(type)}`
  if (typeof flag.enabled !== 'boolean') return 'enabled is neither true nor false'
  if (!Array.isArray(variants)) return 'it has no list of variants'
  const known = new Set<unknown>()
  for (const variant of variants as unknown[]) {
    if (!isRecord(variant) || typeof variant.key !== 'string') return 'a variant has no key'
    if (known.has(variant.key)) return `it has two variants ${variant.key}`
    if (!accepts[type as FlagType](variant.value)) return `the value of ${variant.key} is not of the type ${type}`
    known.add(variant.key)
  }
  if (flag.offVariant !== undefined && !known.has(flag.offVariant)) return `its off variant ${shown(flag.offVariant)} does not exist`
  if (!arePrerequisites(flag.prerequisites)) return 'its prerequisites are not flags with variants'
  if (!Array.isArray(rules)) return 'it has no list of rules'
  for (const rule of rules as unknown[]) {
    if (!isRecord(rule) || typeof rule.id !== 'string') return 'a rule has no id'
    const fault = serveFault(rule.serve, known)
    if (fault !== undefined) return `rule ${rule.id} ${fault}`
  }
  const fault = serveFault(flag.fallthrough, known)
  return fault === undefined ? undefined : `its fallthrough ${fault}`
}

/** A key of the ruleset that is a flag, well-formed or not. */
export function isKeyed(value: unknown): value is Flag {
  return isRecord(value) && typeof value.key === 'string'
}

const accepts: Record<FlagType, (value: unknown) => boolean> = {
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  integer: Number.isSafeInteger,
  float: Number.isFinite,
  object: (value) => isRecord(value) && !Array.isArray(value),
}

function arePrerequisites(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((each: unknown) => isRecord(each) && typeof each.flag === 'string' && Array.isArray(each.variants)))
}

function serveFault(serve: unknown, variants: ReadonlySet<unknown>): string | undefined {
  if (!isRecord(serve)) return 'serves nothing'
  if (typeof serve.variant === 'string') return variants.has(serve.variant) ? undefined : `serves ${serve.variant}, which is no variant`
  const { arms, coverage } = serve
  if (typeof serve.unit !== 'string' || typeof serve.salt !== 'string') return 'splits without a unit or a salt'
  if (!isCount(coverage)) return 'has a coverage outside 0 to 100,000'
  if (!Array.isArray(arms)) return 'splits without arms'
  let sum = 0
  for (const arm of arms as unknown[]) {
    if (!isRecord(arm) || !isCount(arm.weight)) return 'has an arm without a weight'
    if (!variants.has(arm.variant)) return `serves ${shown(arm.variant)}, which is no variant`
    sum += arm.weight
  }
  if (sum !== BUCKETS) return `has weights that sum to ${sum}, not 100,000`
  if (serve.layer !== undefined && !isLayerRange(serve.layer)) return 'has a layer without a range'
  if (serve.experiment !== undefined && typeof serve.experiment !== 'string') return 'names an experiment that is no text'
  if (serve.phase !== undefined && !Number.isSafeInteger(serve.phase)) return 'has a phase that is no number'
  return serve.hash === 'murmur3' || isImportedHash(serve.hash) ? undefined : 'has a hash that cannot be read'
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= BUCKETS
}

function isLayerRange(value: unknown): boolean {
  return isRecord(value) && typeof value.key === 'string' && isCount(value.from) && isCount(value.to)
}

function isImportedHash(value: unknown): boolean {
  return isSteps(value) && Array.isArray(value.admit) && value.admit.every(isRange) && (value.arms === undefined || isSteps(value.arms))
}

function isSteps(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && typeof value.kind === 'string' && typeof value.seed === 'string' && typeof value.steps === 'number' && value.steps > 0
}

function isRange(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number'
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 60) : typeof value
}
