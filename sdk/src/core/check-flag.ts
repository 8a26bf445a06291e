import { hasTexts, isRecord } from './attribute.ts'
import { BUCKETS } from './bucket.ts'
import type { Flag, FlagType } from './ruleset.ts'

/** What of a flag is wrong, which of them, and in which rule or the fallthrough. `describeFault` has the sentences: they are for `explain`. */
export type Fault = readonly [what: FaultKind, which?: string, where?: string]

export type FaultKind =
  | 'needs' | 'form' | 'type' | 'enabled' | 'variants' | 'variant key' | 'variant twice' | 'value of' | 'offVariant' | 'prerequisites' | 'rules' | 'rule id'
  | 'serve' | 'variant' | 'unit' | 'coverage' | 'arms' | 'weight' | 'weights' | 'layer' | 'experiment' | 'phase' | 'hash'

/**
 * What makes a flag unusable, or undefined. Keys this version does not know are no fault, and conditions are not looked
 * at here: what cannot be read of them is unknown.
 */
export function flagFault(flag: unknown): Fault | undefined {
  if (!isRecord(flag)) return ['form']
  const { type, variants, rules, offVariant, prerequisites } = flag
  if (typeof type !== 'string' || !Object.hasOwn(accepts, type)) return ['type', shown(type)]
  if (typeof flag.enabled !== 'boolean') return ['enabled']
  if (!Array.isArray(variants)) return ['variants']
  const known = new Set<unknown>()
  for (const variant of variants as unknown[]) {
    if (!hasTexts(variant, 'key')) return ['variant key']
    const { key } = variant
    if (known.has(key)) return ['variant twice', key]
    if (!accepts[type as FlagType](variant.value)) return ['value of', key]
    known.add(key)
  }
  if (offVariant !== undefined && !known.has(offVariant)) return ['offVariant', shown(offVariant)]
  if (prerequisites !== undefined && !isListOf(prerequisites, (each) => hasTexts(each, 'flag') && Array.isArray(each.variants))) return ['prerequisites']
  if (!Array.isArray(rules)) return ['rules']
  for (const rule of rules as unknown[]) {
    if (!hasTexts(rule, 'id')) return ['rule id']
    const fault = serveFault(rule.serve, known)
    if (fault) return [...fault, `rule ${rule.id}`]
  }
  const fault = serveFault(flag.fallthrough, known)
  return fault && [...fault, 'fallthrough']
}

/** A key of the ruleset that is a flag, well-formed or not. */
export function isKeyed(value: unknown): value is Flag {
  return hasTexts(value, 'key')
}

const accepts: Record<FlagType, (value: unknown) => boolean> = {
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  integer: Number.isSafeInteger,
  float: Number.isFinite,
  object: (value) => isRecord(value) && !Array.isArray(value),
}

function serveFault(serve: unknown, variants: ReadonlySet<unknown>): [FaultKind, string] | undefined {
  if (!isRecord(serve)) return ['serve', '']
  const { variant, arms, layer, experiment, phase } = serve
  if (typeof variant === 'string') return variants.has(variant) ? undefined : ['variant', variant]
  if (!hasTexts(serve, 'unit', 'salt')) return ['unit', '']
  if (!isCount(serve.coverage)) return ['coverage', '']
  if (!Array.isArray(arms)) return ['arms', '']
  let sum = 0
  for (const arm of arms as unknown[]) {
    if (!isRecord(arm) || !isCount(arm.weight)) return ['weight', '']
    if (!variants.has(arm.variant)) return ['variant', shown(arm.variant)]
    sum += arm.weight
  }
  if (sum !== BUCKETS) return ['weights', `${sum}`]
  if (layer !== undefined && !(hasTexts(layer, 'key') && isCount(layer.from) && isCount(layer.to))) return ['layer', '']
  if (experiment !== undefined && typeof experiment !== 'string') return ['experiment', '']
  if (phase !== undefined && !Number.isSafeInteger(phase)) return ['phase', '']
  return serve.hash === 'murmur3' || isImportedHash(serve.hash) ? undefined : ['hash', '']
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= BUCKETS
}

function isImportedHash(value: unknown): boolean {
  return isSteps(value) && isListOf(value.admit, (range) => Array.isArray(range) && typeof range[0] === 'number' && typeof range[1] === 'number') && (value.arms === undefined || isSteps(value.arms))
}

function isSteps(value: unknown): value is Record<string, unknown> {
  return hasTexts(value, 'kind', 'seed') && typeof value.steps === 'number' && value.steps > 0
}

function isListOf(value: unknown, accept: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(accept)
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 60) : typeof value
}
