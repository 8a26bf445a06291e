import { useEffect, useReducer } from 'react'
import type { Place } from './flags-queries.ts'
import { isDirty, readDraft, reduceDraft, startDraft, writeDraft, type Draft, type DraftAction, type Version } from './draft.ts'

/** The draft of one environment of a flag. It follows what is live, and waits here when its author leaves the page. */
export function useTargetingDraft(place: Place, live: Version): readonly [Draft, (action: DraftAction) => void] {
  const name = draftName(place)
  const [draft, dispatch] = useReducer(reduceDraft, live, (version) => reduceDraft(readDraft(localStorage.getItem(name)) ?? startDraft(version), { type: 'live', version }))
  useEffect(() => { dispatch({ type: 'live', version: live }) }, [live])
  useEffect(() => {
    if (isDirty(draft)) localStorage.setItem(name, writeDraft(draft))
    else localStorage.removeItem(name)
  }, [draft, name])
  return [draft, dispatch]
}

function draftName({ project, flag, environment }: Place): string {
  return `assay-draft:${project}:${flag}:${environment}`
}
