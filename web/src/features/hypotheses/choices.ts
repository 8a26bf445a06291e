import type { Cohort, FlagName, Member, Metric } from '@assay/server/contract'

/** What a plan may name. */
export interface Choices {
  metrics: readonly Metric[]
  cohorts: readonly Cohort[]
  /** The flag of the experiment that is drafted, with its variants. */
  flags: readonly Pick<FlagName, 'key' | 'variants'>[]
  members: readonly Member[]
}
