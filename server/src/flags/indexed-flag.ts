import type { FlagSummary } from '../contract/flags.ts'

/** A flag as lists find and sort it: all that they show but what it does in each environment. Of those it has the ones where it is on. */
export interface IndexedFlag extends Omit<FlagSummary, 'environments'> {
  id: string
  environments: { environment: string; enabled: true }[]
}
