import type { Learning } from '@assay/server/contract'
import type { LearningsFilter } from './learnings-queries.ts'

/** What the address of the page holds. */
export interface LearningsSearch {
  q?: string | undefined
  verdict?: string | undefined
  evidence?: string | undefined
  metric?: string | undefined
  show?: string | undefined
}

export const verdicts: readonly Learning['verdict'][] = ['confirmed', 'rejected', 'harmful', 'inconclusive', 'invalid', 'none']
export const strengths: readonly Learning['evidence'][] = ['strong', 'moderate', 'weak', 'none']

/** The address as the server is asked; what it does not know is left out. */
export function learningsFilter({ q, verdict, evidence, metric, show }: LearningsSearch): LearningsFilter {
  const known = verdicts.find((each) => each === verdict)
  const strength = strengths.find((each) => each === evidence)
  return {
    ...(q === undefined || q.trim() === '' ? {} : { search: q.trim() }),
    ...(known === undefined ? {} : { verdict: known }),
    ...(strength === undefined ? {} : { evidence: strength }),
    ...(metric === undefined ? {} : { metric }),
    ...(show === 'wrong' ? { wrong: 'true' as const } : {}),
    ...(show === 'contradicted' ? { contradicted: 'true' as const } : {}),
  }
}
