import { useEffect, useReducer, useState } from 'react'
import type { Place } from './flags-queries.ts'
import { isDirty, reduceDraft, startDraft, writeDraft, type Draft, type DraftAction, type Version } from './draft.ts'

/** The draft of one environment of a flag. It follows what is live, and waits here when its author leaves the page. */
export function useTargetingDraft(place: Place, live: Version): readonly [Draft, (action: DraftAction) => void] {
  const name = draftName(place)
  const [draft, dispatch] = useReducer(reduceDraft, live, startDraft)
  // Few come back to a draft: what reads one is loaded for them only, and until it has, what waits is left as it is.
  const [waiting, setWaiting] = useState(() => localStorage.getItem(name))
  useEffect(() => {
    if (waiting === null) return undefined
    let here = true
    void import('./stored-draft.ts').then(({ readDraft }) => {
      if (!here) return
      const found = readDraft(waiting)
      if (found) dispatch({ type: 'replace', targeting: found.targeting, version: found.base })
      dispatch({ type: 'live', version: live })
      setWaiting(null)
    })
    return () => { here = false }
  }, [waiting, live])
  useEffect(() => { dispatch({ type: 'live', version: live }) }, [live])
  useEffect(() => {
    if (waiting !== null) return
    if (isDirty(draft)) localStorage.setItem(name, writeDraft(draft))
    else localStorage.removeItem(name)
  }, [draft, name, waiting])
  return [draft, dispatch]
}

function draftName({ project, flag, environment }: Place): string {
  return `assay-draft:${project}:${flag}:${environment}`
}
