import type { ExperimentDetail } from '../contract/experiments.ts'

export type ChecklistItem = ExperimentDetail['checklist'][number]

/** One thing that must be true, with the evidence; `fix` puts it right where it is not. */
export function checklistItem(id: string, label: string, state: ChecklistItem['state'], evidence: string, fix: string): ChecklistItem {
  return { id, label, state, evidence, ...(state === 'ok' ? {} : { fix }) }
}
