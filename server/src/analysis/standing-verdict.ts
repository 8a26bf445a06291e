import type { Verdict } from '../contract/analysis.ts'

/** The verdict that an experiment is known by: the first final one, until the newest finds the data unsound; the newest while none was final. */
export function standingVerdict(firstFinal: Verdict | null, newest: Verdict): Verdict {
  return newest.kind === 'invalid' ? newest : (firstFinal ?? newest)
}
