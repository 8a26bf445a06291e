import type { ExperimentSummary } from './experiments.ts'

export const experimentViewKeys = ['all', 'running', 'stopped', 'draft', 'decided'] as const
export type ExperimentViewKey = (typeof experimentViewKeys)[number]

/** A running experiment whose rule has fired waits for a decision as much as one that was stopped. */
export function isExperimentInView(experiment: Pick<ExperimentSummary, 'status' | 'verdict'>, view: ExperimentViewKey): boolean {
  if (view === 'all') return true
  if (view === 'stopped') return experiment.status === 'stopped' || (experiment.status === 'running' && experiment.verdict?.final === true)
  return experiment.status === view
}
