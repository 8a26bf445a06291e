import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useRef, useState, type FocusEvent, type RefObject } from 'react'

interface VirtualRow {
  index: number
  /** Room left free before the row, in pixels. */
  gap: number
}

interface VirtualRows<T extends HTMLElement> {
  /** Of the element that the rows stand in. */
  ref: RefObject<T | null>
  rows: readonly VirtualRow[]
  /** Room left free after the last row. */
  after: number
  /** Ref of each row, which carries its index as `data-index`. */
  measure: ((row: HTMLElement | null) => void) | undefined
  onFocus: (event: FocusEvent<T>) => void
}

/** So few rows are all there: the browser finds text in them. */
const ALL_ROWS = 40

/** Which of many rows are drawn: those in sight with some around them, and the one that has the focus, so that it is never lost. */
export function useVirtualRows<T extends HTMLElement>(count: number, rowHeight: number): VirtualRows<T> {
  const ref = useRef<T>(null)
  const [margin, setMargin] = useState(0)
  const focused = useRef<number | null>(null)
  const many = count > ALL_ROWS
  const virtualizer = useVirtualizer({
    count,
    enabled: many,
    getScrollElement: () => ref.current?.closest('main') ?? null,
    estimateSize: () => rowHeight,
    overscan: 4,
    scrollMargin: margin,
    rangeExtractor: useCallback((range: Range) => withRow(defaultRangeExtractor(range), focused.current, range.count), []),
  })
  // What stands above the rows comes and goes.
  useLayoutEffect(() => {
    const main = many ? ref.current?.closest('main') : null
    if (main && ref.current) setMargin(Math.round(ref.current.getBoundingClientRect().top - main.getBoundingClientRect().top + main.scrollTop))
  }, [many, count])
  const onFocus = ({ target }: FocusEvent<T>) => {
    const index = target.closest('[data-index]')?.getAttribute('data-index')
    focused.current = index === null || index === undefined ? null : Number(index)
  }
  if (!many) return { ref, rows: Array.from({ length: count }, (_, index) => ({ index, gap: 0 })), after: 0, measure: undefined, onFocus }

  let end = margin
  const rows = virtualizer.getVirtualItems().map((item) => {
    const gap = item.start - end
    end = item.end
    return { index: item.index, gap }
  })
  return { ref, rows, after: Math.max(0, virtualizer.getTotalSize() + margin - end), measure: virtualizer.measureElement, onFocus }
}

function withRow(indexes: number[], row: number | null, count: number): number[] {
  return row === null || row >= count || indexes.includes(row) ? indexes : [...indexes, row].sort((a, b) => a - b)
}
