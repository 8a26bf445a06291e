import type { Condition } from '@assay/sdk/core'
import type { Cohort } from '../contract/cohorts.ts'
import { cohortsIn } from '../rulesets/check-condition.ts'

export interface References {
  rules: readonly { flag: string; environment: string; when: Condition }[]
  /** Proposed conditions that may still go live. */
  changes: readonly { change: string; environment: string; when: Condition }[]
  cohorts: readonly { key: string; when: Condition | null }[]
  hypotheses: readonly { hypothesis: string; cohort: string }[]
}

/** What refers to each cohort: flags by environment, then open changes, cohorts and hypotheses; each once. */
export function usedBy({ rules, changes, cohorts, hypotheses }: References): Map<string, Cohort['usedBy']> {
  const uses = new Map<string, Cohort['usedBy']>()
  const add = (cohort: string, use: Cohort['usedBy'][number]) => {
    const known = uses.get(cohort) ?? []
    if (!known.some((other) => other.kind === use.kind && other.key === use.key && other.environment === use.environment)) known.push(use)
    uses.set(cohort, known)
  }
  for (const { flag, environment, when } of rules) for (const cohort of cohortsIn(when)) add(cohort, { kind: 'flag', key: flag, environment })
  for (const { change, environment, when } of changes) for (const cohort of cohortsIn(when)) add(cohort, { kind: 'change', key: change, environment })
  for (const { key, when } of cohorts) if (when) for (const cohort of cohortsIn(when)) add(cohort, { kind: 'cohort', key })
  for (const { hypothesis, cohort } of hypotheses) add(cohort, { kind: 'hypothesis', key: hypothesis })
  return uses
}

/** Such as "the flag checkout in production and the cohort beta". */
export function usesInWords(uses: Cohort['usedBy']): string {
  const named = uses.map(({ kind, key, environment }) => `the ${kind} ${key}${environment === undefined ? '' : ` in ${environment}`}`)
  const shown = named.length > 4 ? [...named.slice(0, 3), `${named.length - 3} more`] : named
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}` : (shown[0] ?? '')
}
