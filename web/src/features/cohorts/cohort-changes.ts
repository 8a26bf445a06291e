import { conditionText, type CohortName } from '../../ui/condition/describe-condition.ts'
import { sameValue } from '@assay/server/contract'
import { plural } from '../../ui/format.ts'
import { cohortFields, type CohortDefinition } from './cohort-form.ts'

type Field = (typeof cohortFields)[number]

/** Each field as it is called and shown, for two versions side by side. */
export const cohortWords: Record<Field, { label: string; show: (cohort: CohortDefinition, cohortName: CohortName) => string }> = {
  name: { label: 'Name', show: ({ name }) => name },
  description: { label: 'Description', show: ({ description }) => (description === '' ? 'empty' : description) },
  unit: { label: 'What is counted', show: ({ unit }) => unit },
  when: { label: 'Condition', show: ({ when }, cohortName) => (when === null ? 'none' : conditionText(when, cohortName)) },
  included: { label: 'Always in', show: ({ included }) => listed(included) },
  excluded: { label: 'Never in', show: ({ excluded }) => listed(excluded) },
}

export interface CohortChange {
  field: Field
  label: string
  before: string
  after: string
}

/** What an edit changes, in words. Lists say how many come and go. */
export function cohortChanges(before: CohortDefinition, after: CohortDefinition, cohortName: CohortName): CohortChange[] {
  return cohortFields.filter((field) => !sameValue(before[field], after[field])).map((field) => ({
    field,
    label: cohortWords[field].label,
    before: cohortWords[field].show(before, cohortName),
    after: field === 'included' || field === 'excluded' ? `${cohortWords[field].show(after, cohortName)}${moved(before[field], after[field])}` : cohortWords[field].show(after, cohortName),
  }))
}

/** Whether an edit can move anybody in or out: a new name cannot. */
export function movesPeople(changes: readonly CohortChange[]): boolean {
  return changes.some(({ field }) => field !== 'name' && field !== 'description')
}

function listed(units: readonly string[]): string {
  return units.length === 0 ? 'nobody listed' : `${plural(units.length, 'unit')} listed`
}

function moved(before: readonly string[], after: readonly string[]): string {
  const [was, is] = [new Set(before), new Set(after)]
  const added = after.filter((unit) => !was.has(unit)).length
  const removed = before.filter((unit) => !is.has(unit)).length
  const words = [added === 0 ? '' : `${added} added`, removed === 0 ? '' : `${removed} removed`].filter((word) => word !== '')
  return words.length === 0 ? '' : ` (${words.join(', ')})`
}
