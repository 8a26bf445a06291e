import { noAnswer, type Answer } from './answer.ts'
import { thompsonWeights } from './bandit.ts'
import type { Sample } from './estimate.ts'

const DAY_MS = 86_400_000
/** Units an arm needs before shares move. */
const fewestUnits = 100

export interface Allocation {
  weights: number[]
  probBest: number[]
}

/**
 * Shares of a bandit's next batch: Thompson sampling on normal posteriors, at most once a day, from 100 units per arm. No arm falls below `floor`, nor below a tenth
 * of an equal share. Only for metrics that are final within a day. A bandit allocates; it never confirms.
 */
export function nextAllocation(arms: readonly Sample[], lastChangeAt: number | null, now: number, floor = 0.05): Answer<Allocation> {
  if (arms.length < 2 || arms.some(({ n }) => !(n >= 0))) return noAnswer('invalid_input')
  if (lastChangeAt !== null && now - lastChangeAt < DAY_MS) return noAnswer('too_early')
  if (arms.some(({ n }) => n < fewestUnits)) return noAnswer('too_few_units')
  if (arms.some(({ variance }) => variance === 0)) return noAnswer('zero_variance')
  const least = Math.max(floor, 1 / (10 * arms.length))
  return thompsonWeights(arms.map(({ mean }) => mean), arms.map(({ variance, n }) => Math.sqrt(variance / n)), least)
}
