import type { Split } from '@assay/sdk/core'
import { sameValue } from './same-value.ts'

const WHOLE = 100_000

/**
 * Whether two divisions put everybody in the same place as far as they agree: raising the share of people reached moves
 * nobody, and neither does giving a part of the last arm to the one before it, except for those it is about.
 */
export function keepsPeople(before: Split, after: Split): boolean {
  if (before.unit !== after.unit || !sameValue(before.hash, after.hash) || !sameVariants(before, after)) return false
  if (sameValue(before.arms, after.arms)) return true
  const last = before.arms.length - 1
  const growsFromLast = before.arms.every((arm, index) => {
    const now = after.arms[index]?.weight ?? 0
    return index < last - 1 ? now === arm.weight : index === last - 1 ? now >= arm.weight : now <= arm.weight
  })
  return growsFromLast && before.coverage === WHOLE && after.coverage === WHOLE
}

export function sameVariants(a: Split, b: Split): boolean {
  return a.arms.length === b.arms.length && a.arms.every((arm, index) => arm.variant === b.arms[index]?.variant)
}
