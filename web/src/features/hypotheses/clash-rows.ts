import type { Clash } from '../../ui/conflict/conflict-dialog.tsx'
import { setupFields, setupWords } from '../../ui/plan/setup-words.ts'
import type { Names } from './believe-sentence.ts'
import { draftWords } from './plan-fields.ts'
import type { Clashing } from './use-wizard.ts'

/** Both sides of a refused save, field by field, in words. */
export function clashRows(clashing: Clashing, names: Names): Clash[] {
  if (clashing.kind === 'plan') {
    const { was, theirs, mine } = clashing
    return clashing.fields.map((field) => ({ field, label: draftWords[field].label, was: draftWords[field].show(was, names), theirs: draftWords[field].show(theirs, names), mine: draftWords[field].show(mine, names) }))
  }
  const { was, theirs, mine } = clashing
  return clashing.fields.map((field) => ({ field, label: setupFields[field], was: setupWords(was, field), theirs: setupWords(theirs, field), mine: setupWords(mine, field) }))
}
