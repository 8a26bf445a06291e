import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FlagDetail, Overlap } from '@assay/server/contract'
import { flagQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { changedParts, definitionOf, mergeDefinition, type Definition } from './definition.ts'
import { useUpdateFlag } from './flags-queries.ts'

interface DefinitionVersion {
  revision: number
  definition: Definition
}

interface Conflict {
  base: DefinitionVersion
  live: DefinitionVersion
  yours: Definition
  reason: string | undefined
  overlaps: Overlap[]
  changedBy: string
}

export function versionOf(flag: FlagDetail): DefinitionVersion {
  return { revision: flag.revision, definition: definitionOf(flag) }
}

/** Saves what a flag is. Where somebody saved first: edits of other parts are brought together and saved; edits of the same part wait for a choice. */
export function useDefinitionSave(flag: string, onSaved: (saved: FlagDetail) => void) {
  const project = useProjectKey()
  const client = useQueryClient()
  const update = useUpdateFlag(project, flag)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  const save = (base: DefinitionVersion, yours: Definition, reason?: string) => {
    const change = changedParts(base.definition, yours)
    if (Object.keys(change).length === 0) {
      setConflict(null)
      toastDone({ title: 'Kept what is live', detail: 'Nothing of yours was left to save.' })
      client.fetchQuery({ ...flagQuery(project, flag), staleTime: 0 }).then(onSaved, failed)
      return
    }
    update.mutate({ basedOn: base.revision, ...change, ...(reason === undefined || reason === '' ? {} : { reason }) }, {
      onSuccess: (saved) => {
        setConflict(null)
        onSaved(saved)
      },
      onError: (error) => {
        const refused = conflictOf(error)
        if (refused) settle(base, yours, reason, refused.changedBy ?? 'Somebody else')
        else failed(error)
      },
    })
  }
  const settle = (base: DefinitionVersion, yours: Definition, reason: string | undefined, changedBy: string) => {
    client.fetchQuery({ ...flagQuery(project, flag), staleTime: 0 }).then((detail) => {
      const live = versionOf(detail)
      const merged = mergeDefinition(base.definition, live.definition, yours)
      if (merged.overlaps.length === 0) save(live, merged.definition, reason)
      else setConflict({ base, live, yours, reason, overlaps: merged.overlaps, changedBy })
    }, failed)
  }
  const choose = (prefer: 'live' | 'yours') => {
    if (conflict) save(conflict.live, mergeDefinition(conflict.base.definition, conflict.live.definition, conflict.yours, prefer).definition, conflict.reason)
  }
  return { save, saving: update.isPending, error: update.error, conflict, choose, dismiss: () => { setConflict(null) } }
}

function failed(error: unknown): void {
  toastFailed('Not saved. Nothing has changed, and your edit is kept here', error)
}
