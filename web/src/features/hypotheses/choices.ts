import type { Cohort, FlagSummary, Member, Metric } from '@assay/server/contract'

/** What a plan may name. */
export interface Choices {
  metrics: readonly Metric[]
  cohorts: readonly Cohort[]
  flags: readonly FlagSummary[]
  members: readonly Member[]
}
