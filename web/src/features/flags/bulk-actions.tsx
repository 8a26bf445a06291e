import { lazy, Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { flagNamesQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { count, plural } from '../../ui/format.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { bulkWords, type BulkChange } from './bulk-change.ts'
import { type FlagListQuery, useBulkChange, useSelectAll } from './flags-queries.ts'

const ArchiveDialog = lazy(async () => ({ default: (await import('./archive-dialog.tsx')).ArchiveDialog }))

interface Props {
  /** What the list is narrowed by. */
  asked: FlagListQuery
  /** How many flags that leaves, loaded or not. */
  matching: number
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
  /** Tags in use, to choose from. */
  tags: readonly string[]
}

/** What is done with all the flags selected at once, and how it went. */
export function BulkActions({ asked, matching, selected, onSelect, tags }: Props) {
  const project = useProject()
  const [archiving, setArchiving] = useState(false)
  const [done, setDone] = useState(0)
  const bulk = useBulkChange(project.key)
  const all = useSelectAll(project.key)
  const keys = [...selected]
  const names = useQuery({ ...flagNamesQuery(project.key, keys), enabled: archiving }).data?.flags.filter(({ key }) => selected.has(key))

  const change = (next: BulkChange) => {
    setDone(0)
    bulk.mutate({ flags: keys, change: next, onDone: setDone }, {
      onSuccess: ({ done: changed, refused }) => {
        setArchiving(false)
        onSelect(new Set(refused.map(({ flag }) => flag)))
        if (changed.length > 0) toastDone({ title: bulkWords(next, plural(changed.length, 'flag')) })
        if (refused.length > 0) toastFailed(`${plural(refused.length, 'flag')} not changed`, new Error(refused.slice(0, 5).map(({ flag, why }) => `${flag}: ${why}`).join(' ') + (refused.length > 5 ? ` And ${count(refused.length - 5)} more.` : '')))
      },
      onError: (error) => { toastFailed('Nothing was changed', error) },
    })
  }
  const selectAll = () => {
    all.mutate(asked, { onSuccess: ({ flags }) => { onSelect(new Set(flags.map(({ key }) => key))) }, onError: (error) => { toastFailed('Not all could be selected', error) } })
  }

  return (
    <>
      <BulkBar
        project={project.key}
        selected={selected.size}
        matching={matching}
        tags={tags}
        busy={bulk.isPending || all.isPending}
        progress={bulk.isPending && selected.size > 1 ? `${count(done)} of ${count(selected.size)} done` : null}
        onSelectAll={selectAll}
        onChange={change}
        onArchive={() => { setArchiving(true) }}
        onClear={() => { onSelect(new Set()) }}
      />
      {archiving && names !== undefined && names.length > 0 ? (
        <Suspense><ArchiveDialog flags={names} running={names.flatMap(({ running }) => running ?? [])} busy={bulk.isPending} onArchive={(reason) => { change({ type: 'archive', reason }) }} onClose={() => { setArchiving(false) }} /></Suspense>
      ) : null}
    </>
  )
}
