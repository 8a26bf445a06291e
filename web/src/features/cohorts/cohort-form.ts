import type { Condition } from '@assay/sdk/core'
import type { Cohort } from '@assay/server/contract'
import { conditionProblems } from '../../ui/condition/condition-problems.ts'
import { readUnits, writeUnits } from './unit-list.ts'

/** A cohort as it is edited: lists as the text they are pasted as. */
export interface CohortForm {
  name: string
  description: string
  unit: string
  when: Condition | undefined
  included: string
  excluded: string
}

export type CohortDefinition = Pick<Cohort, 'name' | 'description' | 'unit' | 'when' | 'included' | 'excluded'>

/** What a person edits of a cohort, in the order of the page. */
export const cohortFields = ['name', 'description', 'unit', 'when', 'included', 'excluded'] as const

export function emptyCohort(unit: string): CohortForm {
  return { name: '', description: '', unit, when: undefined, included: '', excluded: '' }
}

export function cohortToForm({ name, description, unit, when, included, excluded }: CohortDefinition): CohortForm {
  return { name, description, unit, when: when ?? undefined, included: writeUnits(included), excluded: writeUnits(excluded) }
}

export function formToCohort(form: CohortForm): CohortDefinition {
  return { name: form.name.trim(), description: form.description.trim(), unit: form.unit, when: form.when ?? null, included: readUnits(form.included).units, excluded: readUnits(form.excluded).units }
}

export function definitionOf({ name, description, unit, when, included, excluded }: Cohort): CohortDefinition {
  return { name, description, unit, when, included, excluded }
}

/** What stands in the way of saving, in words. */
export function cohortProblems(form: CohortForm): string[] {
  return [...(form.name.trim() === '' ? ['Give it a name.'] : []), ...definitionProblems(form)]
}

/** What stands in the way of saying who is in it. */
export function definitionProblems(form: CohortForm): string[] {
  return [...conditionProblems(form.when), ...[readUnits(form.included).problem, readUnits(form.excluded).problem].filter((problem) => problem !== null)]
}
