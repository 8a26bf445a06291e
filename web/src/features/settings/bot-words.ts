import type { Project } from '@assay/server/contract'
import { operatorWords } from '../../ui/metric-dialog/metric-words.ts'

/** `agent is probe, or country is one of X, Y` */
export function bots(conditions: Project['bots']): string {
  return conditions.length === 0 ? 'nobody' : conditions.map(({ property, op, values }) => [property, operatorWords[op], values.join(', ')].filter((part) => part !== '').join(' ')).join(', or ')
}

/** Whether every condition names a property and has the values it takes. */
export function botsAreSound(conditions: Project['bots']): boolean {
  return conditions.every(({ property, op, values }) => property.trim() !== '' && (op === 'exists' ? values.length === 0 : values.length > 0))
}
