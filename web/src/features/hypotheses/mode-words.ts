import type { ExperimentSetup } from '@assay/server/contract'

/** When a plan may be read, and what that costs. */
export const modeWords: Record<ExperimentSetup['mode'], { name: string; cost: string }> = {
  group_sequential: { name: 'At planned looks', cost: 'May end early at a daily look. Costs a few percent more people.' },
  fixed: { name: 'Once, at the end', cost: 'Needs the fewest people, and is read a single time.' },
  always_valid: { name: 'At any time', cost: 'May run open-ended. Needs about twice the people.' },
}
