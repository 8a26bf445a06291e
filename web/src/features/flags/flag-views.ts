import type { Environment, FlagSummary, FlagUsage } from '@assay/server/contract'
import { hasWords } from '../../ui/has-words.ts'
import { isKind } from './kinds.ts'
import { isLifecycleState, needsCleanUp } from './lifecycle.ts'

export const flagViews = [
  { value: 'all', label: 'All' },
  { value: 'mine', label: 'Mine' },
  { value: 'live', label: 'Live in production' },
  { value: 'cleanup', label: 'To clean up' },
  { value: 'review', label: 'Waiting for review' },
  { value: 'archived', label: 'Archived' },
] as const
export type FlagView = (typeof flagViews)[number]['value']

/** What the views need to know beside the flag itself. */
export interface ViewContext {
  environments: readonly Environment[]
  /** Name of the person who looks. */
  me: string
  /** By the key of the flag; empty where usage is not known. */
  usage: ReadonlyMap<string, FlagUsage>
  now: Date
}

/** The view that an address asks for. */
export function flagView(asked: string | undefined): FlagView {
  return flagViews.find(({ value }) => value === asked)?.value ?? 'all'
}

export function isInView(flag: FlagSummary, view: FlagView, { environments, me, usage, now }: ViewContext): boolean {
  if ((flag.archivedAt !== null) !== (view === 'archived')) return false
  switch (view) {
    case 'all':
    case 'archived':
      return true
    case 'mine':
      return flag.owner === me
    case 'live':
      return flag.environments.some(({ environment, enabled }) => enabled && environments.some(({ key, production }) => production && key === environment))
    case 'cleanup':
      return needsCleanUp(flag, usage.get(flag.key)?.lifecycle, now)
    case 'review':
      return flag.openChanges > 0
  }
}

export interface FlagFilter {
  q?: string | undefined
  kind?: string | undefined
  tag?: string | undefined
  /** `nobody` finds the flags without one. */
  owner?: string | undefined
  state?: string | undefined
}

/** Asked for as an owner, it finds flags that have none. */
export const NOBODY = 'nobody'

/** Whether a flag answers a search by name, key, owner or tag, and the filters. A filter that is no value of its kind filters nothing. */
export function isFound(flag: FlagSummary, { q = '', kind, tag, owner, state }: FlagFilter, usage: ViewContext['usage']): boolean {
  if (isKind(kind) && flag.kind !== kind) return false
  if (tag !== undefined && !flag.tags.includes(tag)) return false
  if (owner !== undefined && (flag.owner ?? NOBODY) !== owner) return false
  if (isLifecycleState(state) && usage.get(flag.key)?.lifecycle.state !== state) return false
  return hasWords(`${flag.name} ${flag.key} ${flag.owner ?? ''} ${flag.tags.join(' ')}`, q)
}

/** Whether anything but the view narrows the list. */
export function isFiltered(filter: FlagFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined)
}
