import type { FlagName } from '../contract/flag-lists.ts'
import type { ListedFlag } from '../contract/flag-views.ts'

/** A flag as lists find and sort it. Of its environments it has those where it is on. */
export interface IndexedFlag extends ListedFlag, FlagName {
  id: string
  changedAt: string
  /** Key of the hypothesis that is tested on it, or was last. */
  hypothesis: string | null
}
