import type { Serve } from '@assay/sdk/core'
import type { Targeting } from '@assay/server/contract'
import { conditionProblems } from '../../ui/condition/condition-problems.ts'
import { isSplit } from '../../ui/serve/serve-words.ts'
import { splitProblems } from './split-arms.ts'

export interface TargetingProblem {
  /** Where it is: the id of a rule, or the part beside the rules. */
  at: string
  message: string
}

/** What has to be put right before a document can be saved. */
export function targetingProblems(targeting: Targeting): TargetingProblem[] {
  return [
    ...targeting.prerequisites.filter(({ variants }) => variants.length === 0).map(({ flag }) => ({ at: 'needs', message: `Say which variants of ${flag} are needed.` })),
    ...targeting.rules.flatMap((rule, index) => [...conditionProblems(rule.when), ...serveProblems(rule.serve)].map((message) => ({ at: rule.id, message: `Rule ${index + 1}: ${message}` }))),
    ...serveProblems(targeting.fallthrough).map((message) => ({ at: 'fallthrough', message: `Everyone else: ${message}` })),
  ]
}

function serveProblems(serve: Serve): string[] {
  return isSplit(serve) ? splitProblems(serve) : []
}
