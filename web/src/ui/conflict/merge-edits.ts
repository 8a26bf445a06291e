import { sameValue } from '@assay/server/contract'

export interface Merge<T, F> {
  /** Their document with my edits of fields that they left alone. */
  merged: T
  /** Fields that both changed, and not to the same: a person has to choose. */
  clashes: F[]
}

/** Brings two edits of one document together, field by field. `fields` are the ones a person edits. */
export function mergeEdits<T extends object, F extends keyof T & string>(was: T, theirs: T, mine: T, fields: readonly F[]): Merge<T, F> {
  const merged = { ...theirs }
  const clashes: F[] = []
  for (const field of fields) {
    if (sameValue(mine[field], was[field]) || sameValue(mine[field], theirs[field])) continue
    if (sameValue(theirs[field], was[field])) merged[field] = mine[field]
    else clashes.push(field)
  }
  return { merged, clashes }
}
