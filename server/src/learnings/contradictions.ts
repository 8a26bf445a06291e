import type { Contradiction, Learning } from '../contract/learnings.ts'
import { similarBelief } from './similar-belief.ts'

type Found = Pick<Learning, 'experiment' | 'hypothesis' | 'title' | 'belief' | 'evidence' | 'metric' | 'liftLower' | 'liftUpper'>

/** Which way an effect points beyond doubt; null where its interval holds zero or an end is not known. */
function sign({ liftLower, liftUpper }: Found): 'up' | 'down' | null {
  if (liftLower !== null && liftLower > 0) return 'up'
  return liftUpper !== null && liftUpper < 0 ? 'down' : null
}

/**
 * Pairs of learnings of which at most one can hold everywhere: on the same metric, from beliefs that speak of the same (or from hypotheses of which one
 * replicates the other), one clearly up and one clearly down. Learnings without sound data contradict nothing.
 */
export function contradictions(learnings: readonly Found[], replicates: (a: string, b: string) => boolean): Contradiction[] {
  const found: Contradiction[] = []
  learnings.forEach((one, index) => {
    for (const other of learnings.slice(index + 1)) {
      const [a, b] = [sign(one), sign(other)]
      if (a === null || b === null || a === b || one.metric.key !== other.metric.key || one.evidence === 'none' || other.evidence === 'none') continue
      if (!replicates(one.hypothesis, other.hypothesis) && !similarBelief(`${one.title} ${one.belief}`, `${other.title} ${other.belief}`)) continue
      const [up, down] = a === 'up' ? [one, other] : [other, one]
      found.push({
        metric: one.metric.key,
        experiments: [up.experiment, down.experiment],
        sentence: `${up.experiment} (${up.title}) raised ${one.metric.name}, ${down.experiment} (${down.title}) lowered it. Ask what was different: the people, the time, or the change.`,
      })
    }
  })
  return found
}
