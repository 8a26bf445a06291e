import type { Arm, Serve, Split } from '@assay/sdk/core'
import { keepsPeople } from '@assay/server/contract'
import { rangeProblem } from '../../ui/layer/layer-range.ts'
import { isSplit, WHOLE } from '../../ui/serve/serve-words.ts'

/** A new split over all variants, evenly; the variant served while off comes last, so that its share can be lowered step by step without moving anybody back. */
export function newSplit(variants: readonly { key: string }[], offVariant: string | null, unit: string, salt: string): Split {
  const keys = variants.map(({ key }) => key)
  const ordered = offVariant !== null && keys.includes(offVariant) ? [...keys.filter((key) => key !== offVariant), offVariant] : keys
  return { unit, salt, hash: 'murmur3', arms: evenArms(ordered), coverage: WHOLE }
}

/** Equal weights that sum to the whole: the first arms take what does not divide. */
export function evenArms(variants: readonly string[]): Arm[] {
  const share = Math.floor(WHOLE / variants.length)
  const rest = WHOLE - share * variants.length
  return variants.map((variant, index) => ({ variant, weight: share + (index < rest ? 1 : 0) }))
}

/** The arms with another weight for a variant. One that has none leaves, unless its place must be kept for the others to stay where they are. */
export function armsWith(arms: readonly Arm[], variant: string, weight: number, keep: readonly string[]): Arm[] {
  const known = arms.some((arm) => arm.variant === variant)
  const next = known ? arms.map((arm) => (arm.variant === variant ? { variant, weight } : arm)) : [...arms, { variant, weight }]
  return next.filter((arm) => arm.weight > 0 || arm.variant === variant || keep.includes(arm.variant))
}

/** Sum of the weights in percent, and what is missing or too much: null where it is all right. */
export function weightProblem(arms: readonly Arm[]): string | null {
  const sum = arms.reduce((total, { weight }) => total + weight, 0)
  if (sum === WHOLE) return null
  const off = Math.abs(WHOLE - sum) / 1000
  const text = Number(off.toFixed(3)).toString()
  return sum < WHOLE ? `${text}% is given to nobody yet: the shares sum to 100%.` : `The shares sum to ${text}% too much.`
}

/** Everything that stands in the way of saving a split, in words. */
export function splitProblems(split: Split): string[] {
  const sum = weightProblem(split.arms)
  const part = split.layer ? rangeProblem(split.layer) : null
  const starved = split.coverage > 0 ? split.arms.filter(({ weight }) => weight > 0 && Math.floor((weight * split.coverage) / WHOLE) === 0) : []
  return [
    ...(sum === null ? [] : [sum]),
    ...(part === null ? [] : [part]),
    ...(split.arms.some(({ weight }) => weight > 0) ? [] : ['Give at least one variant a share.']),
    ...starved.map(({ variant }) => `So few are reached that ${variant} gets nobody: raise the reach or its share.`),
  ]
}

/** An edited split with the salt it must have: the one that is live while it keeps people where they are, a new one otherwise. */
export function settleSalt(live: Serve | undefined, edited: Split, freshSalt: string): Split {
  if (!live || !isSplit(live)) return edited
  const salt = keepsPeople(live, edited) ? live.salt : edited.salt === live.salt ? freshSalt : edited.salt
  return { ...edited, salt }
}
