import type { FlagSort } from '../contract/flag-views.ts'
import { lifecycleState, type FlagUsage } from '../contract/flags.ts'
import type { IndexedFlag } from './indexed-flag.ts'

export interface FlagOrder {
  sort: FlagSort
  direction: 'asc' | 'desc'
}

export const NEWEST_CHANGE: FlagOrder = { sort: 'change', direction: 'desc' }

export interface OrderContext {
  environments: readonly { key: string; production: boolean }[]
  usage: ReadonlyMap<string, Pick<FlagUsage, 'lifecycle'> & { decisions: number }>
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const stages = lifecycleState.options

/** What a flag is sorted by. Unknown decisions and states are less than any other. */
export function sortValue(flag: IndexedFlag, sort: FlagSort, { environments, usage }: OrderContext): string | number {
  switch (sort) {
    case 'flag':
      return flag.name
    case 'production':
      return flag.environments.filter(({ environment, enabled }) => enabled && environments.some(({ key, production }) => production && key === environment)).length
    case 'decisions':
      return usage.get(flag.key)?.decisions ?? -1
    case 'testing':
      return flag.experiment?.hypothesis ?? ''
    case 'state': {
      const known = usage.get(flag.key)
      return known ? stages.indexOf(known.lifecycle.state) : -1
    }
    case 'owner':
      return flag.owner ?? ''
    case 'change':
      return flag.changedAt
  }
}

/** A place in a sorted list: by the value, and by the key where values are the same. No two flags share one. */
export interface Place {
  value: string | number
  key: string
}

export function comparePlaces(a: Place, b: Place, { sort, direction }: FlagOrder): number {
  const values = compareValues(a.value, b.value, sort)
  return values === 0 ? compareText(a.key, b.key) : direction === 'asc' ? values : -values
}

function compareValues(a: string | number, b: string | number, sort: FlagSort): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return sort === 'change' ? compareText(String(a), String(b)) : names.compare(String(a), String(b))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
