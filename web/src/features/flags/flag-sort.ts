import type { FlagSort } from '@assay/server/contract'

export interface SortedBy {
  sort: FlagSort
  order: 'asc' | 'desc'
}

/** Newest change first, as long as nobody asks for more. */
const usual: SortedBy = { sort: 'change', order: 'desc' }

/** The order in which each column is sorted first. */
const first: Readonly<Record<FlagSort, SortedBy['order']>> = { flag: 'asc', production: 'desc', decisions: 'desc', testing: 'desc', state: 'desc', owner: 'asc', change: 'desc' }

export function isSortable(column: string): column is FlagSort {
  return Object.hasOwn(first, column)
}

/** The order that an address asks for; what is none is the usual one. */
export function sortedBy({ sort, order }: { sort?: string | undefined; order?: string | undefined }): SortedBy {
  if (sort === undefined || !isSortable(sort)) return usual
  return { sort, order: order === 'asc' || order === 'desc' ? order : first[sort] }
}

/** The order after the head of a column was pressed: its first, then the other way round, then the usual one again. */
export function nextSort(now: SortedBy, column: FlagSort): SortedBy {
  if (now.sort !== column) return { sort: column, order: first[column] }
  if (now.order === first[column]) return { sort: column, order: now.order === 'asc' ? 'desc' : 'asc' }
  return usual
}

/** What the address says of an order: nothing of the usual one. */
export function sortSearch({ sort, order }: SortedBy): { sort: string | undefined; order: string | undefined } {
  return sort === usual.sort && order === usual.order ? { sort: undefined, order: undefined } : { sort, order: order === first[sort] ? undefined : order }
}
