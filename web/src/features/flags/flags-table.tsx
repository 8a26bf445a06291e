import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Fragment, useCallback, useEffect, useMemo, useRef } from 'react'
import type { Environment, FlagSummary, FlagUsage } from '@assay/server/contract'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import { useWidth } from '../../ui/use-width.ts'
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
  /** Titles of hypotheses by their key. */
  titles: ReadonlyMap<string, string>
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
export function FlagsTable({ flags, matching, environments, project, titles, usage, now, sorted, onSort, onEnd, selected, onSelect }: Props) {
  const [wrap, width] = useWidth<HTMLDivElement>(1100)
  const { ref, rows, after, measure, onFocus } = useVirtualRows<HTMLTableSectionElement>(flags.length, ROW_HEIGHT)
  const columns = useMemo(() => columnsFor(width), [width])
  const keys = flags.map(({ key }) => key)
  const all = keys.length > 0 && keys.every((key) => selected.has(key))
  const select = useSelection(keys, selected, onSelect)
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => { if (last >= flags.length - NEAR && flags.length < matching) onEnd() }, [last, flags.length, matching, onEnd])

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
        <tbody ref={ref} onFocus={onFocus}>
          {rows.map(({ index, gap }) => {
            const flag = flags[index]
            return flag ? (
              <Fragment key={flag.key}>
                {gap > 0 ? <Room height={gap} /> : null}
                <FlagRow flag={flag} index={index} measure={measure} project={project} environments={environments} columns={columns} usage={usage.get(flag.key)} hypothesis={titles.get(flag.experiment?.hypothesis ?? '') ?? ''} now={now} selected={selected.has(flag.key)} onSelect={onSelect ? select : undefined} />
              </Fragment>
            ) : null
          })}
          {after > 0 ? <Room height={after} /> : null}
        </tbody>
      </table>
    </div>
  )
}

/** Room of rows that are not drawn. */
function Room({ height }: { height: number }) {
  return <tr aria-hidden className={css.room}><td style={{ height }} /></tr>
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
