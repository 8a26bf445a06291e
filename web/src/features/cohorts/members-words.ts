import type { Cohort } from '@assay/server/contract'
import { conditionText, type CohortName } from '../../ui/condition/describe-condition.ts'
import { count } from '../../ui/format.ts'

/** Who is in a cohort, in one line: condition first, then the lists. */
export function membersWords({ when, included, excluded }: Pick<Cohort, 'when' | 'included' | 'excluded'>, cohortName?: CohortName): string {
  const parts = [
    ...(when === null ? [] : [sentence(conditionText(when, cohortName))]),
    ...(included.length === 0 ? [] : [`${when === null ? '' : 'and '}${count(included.length)} listed`]),
    ...(excluded.length === 0 ? [] : [`without ${count(excluded.length)} excluded`]),
  ]
  return when === null && included.length === 0 ? 'Nobody yet' : parts.join(', ')
}

function sentence(text: string): string {
  return text === 'everyone' ? 'Everyone' : text
}
