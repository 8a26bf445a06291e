import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Environment, FlagSummary, FlagUsage } from '@assay/server/contract'
import { useWidth } from '../../ui/use-width.ts'
import { VirtualBody } from '../../ui/virtual-body.tsx'
import { columnsFor, flagColumns } from './column-priority.ts'
import { FlagRow } from './flag-row.tsx'
import { isSortable, nextSort, type SortedBy } from './flag-sort.ts'
import css from './flags-table.module.css'
import { moveAlongRows } from './row-keys.ts'
import { selectRow } from './select-rows.ts'

interface Props {
  /** Those loaded so far, in their order. */
  flags: readonly FlagSummary[]
  /** How many there are, loaded or not. */
  matching: number
  environments: readonly Environment[]
  project: string
  /** Lifecycle and decisions by the key of the flag; empty where they are not known. */
  usage: ReadonlyMap<string, FlagUsage>
  now: Date
  sorted: SortedBy
  onSort: (next: SortedBy) => void
  /** The end of the loaded rows is near. */
  onEnd: () => void
  selected: ReadonlySet<string>
  /** Left out for those who may change nothing. */
  onSelect?: ((selected: ReadonlySet<string>) => void) | undefined
}

const ROW_HEIGHT = 52
/** Rows before the end at which more are asked for. */
const NEAR = 30

/** The flags of a project: what production gets, how often they are decided, and where each is in its life. */
export function FlagsTable({ flags, matching, environments, project, usage, now, sorted, onSort, onEnd, selected, onSelect }: Props) {
  const [wrap, width] = useWidth<HTMLDivElement>(1100)
  const columns = useMemo(() => columnsFor(width), [width])
  const keys = flags.map(({ key }) => key)
  const all = keys.length > 0 && keys.every((key) => selected.has(key))
  const select = useSelection(keys, selected, onSelect)
  const onLast = useCallback((last: number) => { if (last >= flags.length - NEAR && flags.length < matching) onEnd() }, [flags.length, matching, onEnd])

  return (
    <div ref={wrap} className={`tablewrap ${css.wrap}`} tabIndex={0} role="region" aria-label="Flags table" onKeyDown={moveAlongRows}>
      <table className={`table ${css.table}`} aria-rowcount={matching + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {onSelect ? <th scope="col" className={css.select}><Checkbox size="xs" aria-label="Select all flags shown" checked={all} indeterminate={!all && keys.some((key) => selected.has(key))} onChange={() => { onSelect(new Set(all ? [] : keys)) }} /></th> : null}
            {flagColumns.filter(({ id }) => columns.has(id)).map(({ id, label }) => {
              const order = sorted.sort === id ? sorted.order : null
              return (
                <th key={id} scope="col" aria-sort={order === 'asc' ? 'ascending' : order === 'desc' ? 'descending' : undefined}>
                  {isSortable(id) ? <button type="button" onClick={() => { onSort(nextSort(sorted, id)) }}>{label}{order === 'asc' ? <IconArrowUp size={12} aria-hidden /> : order === 'desc' ? <IconArrowDown size={12} aria-hidden /> : null}</button> : label}
                </th>
              )
            })}
          </tr>
        </thead>
        <VirtualBody items={flags} keyOf={({ key }) => key} rowHeight={ROW_HEIGHT} onLast={onLast} row={(flag, place) => (
          <FlagRow flag={flag} index={place['data-index']} measure={place.ref} project={project} environments={environments} columns={columns} usage={usage.get(flag.key)} now={now} selected={selected.has(flag.key)} onSelect={onSelect ? select : undefined} />
        )} />
      </table>
    </div>
  )
}

/** Selects a row, or with the shift key all from the one pressed before. The same function for all rows, so that none is drawn again for it. */
function useSelection(keys: readonly string[], selected: ReadonlySet<string>, onSelect: Props['onSelect']) {
  const now = useRef({ keys, selected, onSelect })
  const pressed = useRef<string | null>(null)
  useEffect(() => { now.current = { keys, selected, onSelect } })
  return useCallback((flag: string, withShift: boolean) => {
    now.current.onSelect?.(selectRow(now.current.selected, now.current.keys, flag, withShift ? pressed.current : null))
    pressed.current = flag
  }, [])
}
