import { hasWords, isExperimentInView, type ExperimentStatus, type ExperimentSummary } from '@assay/server/contract'

export interface ExperimentView {
  key: 'all' | ExperimentStatus
  label: string
  count: number
}

const labels: readonly { key: ExperimentView['key']; label: string }[] = [
  { key: 'all', label: 'All' }, { key: 'running', label: 'Running' }, { key: 'stopped', label: 'To decide' }, { key: 'draft', label: 'Drafts' }, { key: 'decided', label: 'Decided' },
]

/** Views of the list by where an experiment stands, with their counts. */
export function experimentViews(experiments: readonly ExperimentSummary[]): ExperimentView[] {
  return labels.map(({ key, label }) => ({ key, label, count: inView(experiments, key).length }))
}

export function inView(experiments: readonly ExperimentSummary[], view: ExperimentView['key']): ExperimentSummary[] {
  return experiments.filter((experiment) => isExperimentInView(experiment, view))
}

/** Whether every word of a search is in what an experiment is called, its keys, or its flag. */
export function isFound({ title, key, flag, hypothesis }: ExperimentSummary, search: string): boolean {
  return hasWords(`${title} ${key} ${flag} ${hypothesis}`, search)
}

const statusWords: Record<ExperimentStatus, string> = { draft: 'Draft', running: 'Running', stopped: 'Stopped', decided: 'Decided' }

export function statusOf(experiment: ExperimentSummary): string {
  return statusWords[experiment.status]
}
