import { mayMatch, type Cohort, type Flag } from '@assay/sdk/core'

/** Flags with what deciding them may need of an engine beside the core. A flag that is off asks nothing, so it needs nothing. */
export function withNeeds(flags: readonly Flag[], cohorts: readonly Cohort[]): Flag[] {
  const cohort = new Map(cohorts.map((each) => [each.key, each]))
  const asks = ({ rules }: Flag) => rules.some(({ when }) => mayMatch(when, (key) => cohort.get(key)))
  const needing = new Set(flags.filter((flag) => flag.enabled && asks(flag)).map(({ key }) => key))
  // Whoever asks a flag that needs something needs it too.
  for (let size = -1; size !== needing.size; ) {
    size = needing.size
    for (const { key, enabled, prerequisites = [] } of flags) if (enabled && prerequisites.some((wanted) => needing.has(wanted.flag))) needing.add(key)
  }
  return flags.map((flag) => (needing.has(flag.key) ? { ...flag, needs: ['patterns'] } : flag))
}
