import type { FlagFilter, FlagView, routes, RouteInput } from '@assay/server/contract'
import { isKind } from './kinds.ts'
import { isLifecycleState } from './lifecycle.ts'

export const flagViews: readonly { value: FlagView; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'mine', label: 'Mine' },
  { value: 'live', label: 'Live in production' },
  { value: 'cleanup', label: 'To clean up' },
  { value: 'review', label: 'Waiting for review' },
  { value: 'archived', label: 'Archived' },
]

/** The view that an address asks for. */
export function flagView(asked: string | undefined): FlagView {
  return flagViews.find(({ value }) => value === asked)?.value ?? 'all'
}

/** The filter that an address asks for: what is no value of its kind filters nothing. */
export function knownFilter({ kind, state, ...filter }: FlagFilter): FlagFilter {
  return { ...filter, ...(isKind(kind) ? { kind } : {}), ...(isLifecycleState(state) ? { state } : {}) }
}

/** Whether anything but the view narrows the list. */
export function isFiltered(filter: FlagFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined)
}

/** The same, as the server is asked. */
export function askedOf(view: FlagView, { q, kind, tag, owner, state }: FlagFilter): RouteInput<typeof routes.listFlagNames>['query'] {
  return {
    view,
    ...(q === undefined || q.trim() === '' ? {} : { q: q.trim() }),
    ...(isKind(kind) ? { kind } : {}),
    ...(tag === undefined ? {} : { tag }),
    ...(owner === undefined ? {} : { owner }),
    ...(isLifecycleState(state) ? { state } : {}),
  }
}
