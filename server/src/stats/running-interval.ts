import { noAnswer, type Answer } from './answer.ts'
import type { Interval } from './proportions.ts'

export interface RunningInterval extends Interval {
  /** The intervals of some looks had nothing in common: the last look's stands instead, and the effect has probably moved. */
  emptied: boolean
}

/**
 * What all always-valid intervals so far have in common, at each look. Since every one of them holds the effect with the stated chance at once, so does
 * their intersection. A look without an interval changes nothing.
 */
export function runningIntersection(looks: readonly (Interval | null)[]): Answer<RunningInterval[]> {
  if (looks.some((look) => look !== null && !(look.lower <= look.upper))) return noAnswer('invalid_input')
  const known: RunningInterval[] = []
  for (const look of looks) {
    if (look === null) continue
    const before = known.at(-1)
    const lower = Math.max(before?.lower ?? -Infinity, look.lower)
    const upper = Math.min(before?.upper ?? Infinity, look.upper)
    const emptied = before?.emptied === true || lower > upper
    known.push(emptied ? { lower: look.lower, upper: look.upper, emptied } : { lower, upper, emptied })
  }
  return known.length === 0 ? noAnswer('no_units') : known
}
