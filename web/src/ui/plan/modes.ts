import type { ExperimentSetup } from '@assay/server/contract'

/** How a plan may be read, with what it costs. */
export const modes: Record<ExperimentSetup['mode'], { name: string; explanation: string }> = {
  group_sequential: { name: 'At planned looks', explanation: 'May end early at a daily look without being fooled by looking often. Costs a few percent more people at most.' },
  always_valid: { name: 'At any time', explanation: 'May be read at any moment and run open-ended. Needs about twice the people.' },
  fixed: { name: 'Once, at the end', explanation: 'Read a single time when the plan is fulfilled. Needs the fewest people; only harm to a guardrail ends it early.' },
}
