import { hasTexts } from './attribute.ts'
import { BUCKETS, bucketsOf } from './bucket.ts'
import type { CompileOptions } from './compile-options.ts'
import type { ImportedHash, Layer, Split } from './ruleset.ts'

/** The index of the arm that admits a unit, -1 if the split does not admit it. Holdouts are not asked here. */
export type PickArm = (unit: string) => number

/** Arm i owns [start, start + weight) and admits buckets below start + floor(weight * coverage / 100,000). */
export function compileSplit(split: Split, layers: ReadonlyMap<string, Layer>, options: CompileOptions): PickArm {
  const pick = pickByHash(split, options)
  if (split.layer === undefined) return pick
  const { key, from, to } = split.layer
  const layer = layers.get(key)
  if (!layer || layer.unit !== split.unit) return () => -1
  const bucket = bucketsOf(layer.salt)
  return (unit) => {
    const at = bucket(unit)
    return at >= from && at < to ? pick(unit) : -1
  }
}

function pickByHash(split: Split, options: CompileOptions): PickArm {
  const arm = armAt(split)
  if (split.hash === 'murmur3') {
    const bucket = bucketsOf(split.salt)
    return (unit) => arm(bucket(unit))
  }
  const step = stepOf(split.hash, options)
  const armStep = split.hash.arms ? stepOf(split.hash.arms, options) : step
  if (!step || !armStep) return () => -1
  const { admit } = split.hash
  const steps = (split.hash.arms ?? split.hash).steps
  return (unit) => {
    const at = step(unit)
    return admit.some(([from, to]) => at >= from && at < to) ? arm(Math.floor((armStep(unit) * BUCKETS) / steps)) : -1
  }
}

function stepOf({ kind, seed, steps }: Pick<ImportedHash, 'kind' | 'seed' | 'steps'>, { hashes = {} }: CompileOptions): ((unit: string) => number) | undefined {
  const hash = Object.hasOwn(hashes, kind) ? hashes[kind] : undefined
  return hash && ((unit) => hash(seed, unit, steps))
}

/** A link of the chain of arms. */
interface ArmRange {
  readonly index: number
  readonly end: number
  readonly admittedEnd: number
  readonly next: ArmRange | undefined
}

function armAt({ arms, coverage }: Split): (bucket: number) => number {
  let end = BUCKETS
  const first = arms.reduceRight<ArmRange | undefined>((next, { weight }, index) => {
    const range = { index, end, admittedEnd: end - weight + admittedOf(weight, coverage), next }
    end -= weight
    return range
  }, undefined)
  return (bucket) => {
    for (let arm = first; arm !== undefined; arm = arm.next) {
      if (bucket < arm.end) return bucket < arm.admittedEnd ? arm.index : -1
    }
    return -1
  }
}

/** How many buckets of an arm its split admits. */
export function admittedOf(weight: number, coverage: number): number {
  return Math.floor((weight * coverage) / BUCKETS)
}

export function layersByKey(list: readonly unknown[]): ReadonlyMap<string, Layer> {
  return new Map(list.filter(isLayer).map((layer) => [layer.key, layer]))
}

function isLayer(value: unknown): value is Layer {
  return hasTexts(value, 'key', 'unit', 'salt')
}
