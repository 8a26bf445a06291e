import type { FlagSummary, FlagUsage } from './flags.ts'
import { hasWords } from './has-words.ts'
import type { Environment } from './projects.ts'
import { needsCleanUp } from './removal.ts'

export const flagViewKeys = ['all', 'mine', 'live', 'cleanup', 'review', 'archived'] as const
export type FlagView = (typeof flagViewKeys)[number]

/** What a list of flags is sorted by; each is a column of the table. */
export const flagSortKeys = ['flag', 'production', 'decisions', 'testing', 'state', 'owner', 'change'] as const
export type FlagSort = (typeof flagSortKeys)[number]

/** As much of a flag as tells in which lists it stands. */
export type ListedFlag = Pick<FlagSummary, 'key' | 'name' | 'kind' | 'owner' | 'tags' | 'expectedRemoval' | 'archivedAt' | 'openChanges'> & { environments: readonly Pick<FlagSummary['environments'][number], 'environment' | 'enabled'>[] }

/** What the views need to know beside the flag itself. */
export interface ViewContext {
  environments: readonly Pick<Environment, 'key' | 'production'>[]
  /** Name of the person who looks. */
  me: string
  /** By the key of the flag; empty where usage is not known. */
  usage: ReadonlyMap<string, Pick<FlagUsage, 'lifecycle'>>
  now: Date
}

export function isFlagInView(flag: ListedFlag, view: FlagView, { environments, me, usage, now }: ViewContext): boolean {
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

/** Whether a flag answers a search by name, key, owner or tag, and the filters. */
export function isFlagFound(flag: ListedFlag, { q = '', kind, tag, owner, state }: FlagFilter, usage: ViewContext['usage']): boolean {
  if (kind !== undefined && flag.kind !== kind) return false
  if (tag !== undefined && !flag.tags.includes(tag)) return false
  if (owner !== undefined && (flag.owner ?? NOBODY) !== owner) return false
  if (state !== undefined && usage.get(flag.key)?.lifecycle.state !== state) return false
  return hasWords(`${flag.name} ${flag.key} ${flag.owner ?? ''} ${flag.tags.join(' ')}`, q)
}
