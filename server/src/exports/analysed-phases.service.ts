import { isExperimentInView, type ExperimentViewKey } from '../contract/experiment-views.ts'
import type { Deps } from '../deps.ts'
import { experimentDetail } from '../experiments/experiments.service.ts'
import { createExperimentsStore } from '../experiments/experiments.store.ts'
import { analysedPhases } from './analysed-phases.store.ts'
import type { AnalysedPhase } from './result-columns.ts'

interface Filter {
  experiment?: string
  view?: ExperimentViewKey
}

/** Every phase that was analysed, of one experiment or of those in a view, newest experiment first; one at a time is held. */
export async function* phasesOf(deps: Deps, projectId: string, { experiment, view = 'all' }: Filter, signal: AbortSignal): AsyncGenerator<AnalysedPhase> {
  const keys = experiment === undefined ? (await createExperimentsStore(deps.db).list(projectId)).filter(({ summary }) => isExperimentInView(summary, view)).map(({ summary }) => summary.key) : [experiment]
  for (const key of keys) {
    signal.throwIfAborted()
    const detail = await experimentDetail(deps, projectId, key)
    if (!detail.plan) continue
    for (const { plan, analysis } of await analysedPhases(deps.db, projectId, key)) yield { experiment: detail, plan: plan ?? detail.plan, analysis }
  }
}
