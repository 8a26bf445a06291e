import { Fragment, useEffect, type ReactNode } from 'react'
import { useVirtualRows } from './use-virtual-rows.ts'
import css from './virtual-body.module.css'

/** What the row of an item carries, so that its height is known and its place is told. */
export interface RowPlace {
  ref: ((row: HTMLElement | null) => void) | undefined
  'data-index': number
  'aria-rowindex': number
}

interface Props<T> {
  items: readonly T[]
  keyOf: (item: T) => string
  /** About how high a row is, in pixels. */
  rowHeight: number
  row: (item: T, place: RowPlace) => ReactNode
  /** Told the index of the last row that is drawn, whenever it changes. */
  onLast?: ((index: number) => void) | undefined
}

/** Rows of a table of which only those in sight are drawn. The table says by `aria-rowcount` how many there are, with its head. */
export function VirtualBody<T>({ items, keyOf, rowHeight, row, onLast }: Props<T>) {
  const { ref, rows, after, measure, onFocus } = useVirtualRows<HTMLTableSectionElement>(items.length, rowHeight)
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => { onLast?.(last) }, [last, onLast])
  return (
    <tbody ref={ref} onFocus={onFocus}>
      {rows.map(({ index, gap }) => {
        const item = items[index]
        return item === undefined ? null : (
          <Fragment key={keyOf(item)}>
            {gap > 0 ? <Room height={gap} /> : null}
            {row(item, { ref: measure, 'data-index': index, 'aria-rowindex': index + 2 })}
          </Fragment>
        )
      })}
      {after > 0 ? <Room height={after} /> : null}
    </tbody>
  )
}

/** Room of rows that are not drawn. */
function Room({ height }: { height: number }) {
  return <tr aria-hidden className={css.room}><td style={{ height }} /></tr>
}
