import { useState } from 'react'
import { type Environment, mergeTargeting, type Overlap, type Targeting } from '@assay/server/contract'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { isDirty, reduceDraft, type Draft, type DraftAction, type Version } from './draft.ts'
import { useSaveTargeting, type Place, type Write } from './flags-queries.ts'
import { isAnswerable } from './save-ways.ts'

interface Conflict {
  version: Version
  overlaps: Overlap[]
  write: Omit<Write, 'basedOn'>
}

interface Save {
  place: Place
  name: string
  environment: Environment
  draft: Draft
  dispatch: (action: DraftAction) => void
  /** The changes in words, for the message that they are saved. */
  words: string
  onSaved: () => void
  /** The server asks for a reason, a confirmation or a review. */
  onAsked: () => void
}

/**
 * Saves a draft. Where somebody saved first: edits of other places are brought together, said, and saved; edits of the same
 * place wait for a choice.
 */
export function useTargetingSave({ place, name, environment, draft, dispatch, words, onSaved, onAsked }: Save) {
  const mutation = useSaveTargeting(place)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  const save = (write: Omit<Write, 'basedOn'>, from: Draft = draft) => {
    mutation.mutate({ ...write, basedOn: from.base.revision, targeting: from.targeting }, {
      onSuccess: (saved) => {
        dispatch({ type: 'replace', targeting: saved.targeting, version: saved })
        setConflict(null)
        onSaved()
        toastDone({
          title: `${name}: saved in ${environment.name.toLowerCase()}`,
          detail: from.mergedFrom === null ? words : `${words}. What ${from.mergedFrom} changed meanwhile is kept too.`,
          // Going back would need a review of its own.
          ...(environment.policy.approvals > 0 ? {} : { undo: () => { undo(saved.revision, from.base.targeting, write) } }),
        })
      },
      onError: (error) => { void answerRefusal(error, write, from) },
    })
  }

  const answerRefusal = async (error: unknown, write: Omit<Write, 'basedOn'>, from: Draft) => {
    if (isAnswerable(error)) {
      onAsked()
      return
    }
    const version = conflictOf(error) ? await import('./revision-conflict.ts').then(({ conflictingVersion }) => conflictingVersion(error), () => undefined) : undefined
    if (!version) {
      toastFailed(`Not saved. ${environment.name} is unchanged, and your edit is kept here`, error)
      return
    }
    const { targeting, overlaps } = mergeTargeting(from.base.targeting, version.targeting, from.targeting)
    if (overlaps.length > 0) {
      setConflict({ version, overlaps, write })
      return
    }
    dispatch({ type: 'live', version })
    save(write, { base: version, targeting, mergedFrom: version.changedBy })
  }

  const undo = (revision: number, before: Targeting, { confirmMoves }: Pick<Write, 'confirmMoves'>) => {
    mutation.mutate({ basedOn: revision, targeting: before, reason: 'Undone', ...(confirmMoves ? { confirmMoves } : {}) }, {
      onSuccess: () => { toastDone({ title: `${name} is as it was in ${environment.name.toLowerCase()}` }) },
      onError: (error) => { toastFailed('Not undone', error) },
    })
  }

  /** Settles the places that both changed. Returns whether anything is left to save. */
  const choose = (prefer: 'live' | 'yours'): boolean => {
    if (!conflict) return false
    const { version, write } = conflict
    const action: DraftAction = { type: 'replace', targeting: mergeTargeting(draft.base.targeting, version.targeting, draft.targeting, prefer).targeting, version }
    const settled = reduceDraft(draft, action)
    dispatch(action)
    setConflict(null)
    if (!isDirty(settled)) toastDone({ title: 'Kept what is live', detail: 'Nothing of yours was left to save.' })
    else if (!environment.production) save(write, settled)
    return isDirty(settled)
  }

  return { save, saving: mutation.isPending, refused: mutation.error, conflict, choose, dismiss: () => { setConflict(null) } }
}
