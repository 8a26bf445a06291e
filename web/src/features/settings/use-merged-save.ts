import type { RevisionConflict } from '@assay/server/contract'
import { useState } from 'react'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { mergeEdits } from '../../ui/conflict/merge-edits.ts'
import { toastDone } from '../../ui/toast.tsx'

interface Clash<T> {
  was: T
  theirs: T
  mine: T
  fields: (keyof T & string)[]
  conflict: RevisionConflict
}

interface Options<T> {
  fields: readonly (keyof T & string)[]
  write: (basedOn: number, values: T) => Promise<unknown>
  /** The same fields of what the server says stands now. */
  read: (current: unknown) => T
}

/**
 * Saves settings against the revision that they were read at. What somebody else changed meanwhile in other fields is kept; of a
 * field that both changed, a person chooses. What else fails is in the mutation that `write` runs.
 */
export function useMergedSave<T extends object>({ fields, write, read }: Options<T>) {
  const [clash, setClash] = useState<Clash<T> | null>(null)

  async function save(was: T, mine: T, basedOn: number): Promise<boolean> {
    try {
      await write(basedOn, mine)
      setClash(null)
      return true
    } catch (error) {
      const conflict = conflictOf(error)
      if (!conflict) return false
      const theirs = read(conflict.current)
      const { merged, clashes } = mergeEdits(was, theirs, mine, fields)
      if (clashes.length > 0) {
        setClash({ was, theirs, mine, fields: clashes, conflict })
        return false
      }
      toastDone({ title: `${conflict.changedBy ?? 'Somebody'} saved while you were editing`, detail: 'Both edits are kept.' })
      return save(theirs, merged, conflict.currentRevision)
    }
  }

  /** Saves what a person chose; `kept` names the fields of their own. */
  async function resolve(kept: ReadonlySet<string>): Promise<boolean> {
    if (!clash) return false
    const chosen = mergeEdits(clash.was, clash.theirs, clash.mine, fields).merged
    for (const field of clash.fields) if (kept.has(field)) chosen[field] = clash.mine[field]
    return save(clash.theirs, chosen, clash.conflict.currentRevision)
  }

  return { save, resolve, clash, cancelClash: () => { setClash(null) } }
}
