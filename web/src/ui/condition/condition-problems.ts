import type { Condition } from '@assay/sdk/core'

/** What still has to be filled in before the condition can be saved, in words. */
export function conditionProblems(condition: Condition | undefined): string[] {
  if (condition === undefined) return []
  if ('all' in condition) return condition.all.flatMap(conditionProblems)
  if ('any' in condition) return condition.any.flatMap(conditionProblems)
  if ('not' in condition) return conditionProblems(condition.not)
  if ('cohort' in condition) return condition.cohort === '' ? ['Choose a cohort.'] : []
  if (condition.attribute.trim() === '') return ['Name the attribute that a condition asks for.']
  if (condition.op !== 'exists' && (condition.values ?? []).length === 0) return [`Give a value that ${condition.attribute} is compared with.`]
  return []
}
