import type { ExperimentStatus } from '@assay/server/contract'

export const experimentTabs = [{ value: 'setup', label: 'Setup' }, { value: 'results', label: 'Results' }, { value: 'health', label: 'Health' }] as const

export type ExperimentTab = (typeof experimentTabs)[number]['value']

/** The tab that an address names; where it names none, the one that fits: a draft is set up, everything else is read. */
export function tabOf(asked: string | undefined, status: ExperimentStatus): ExperimentTab {
  return experimentTabs.find(({ value }) => value === asked)?.value ?? (status === 'draft' ? 'setup' : 'results')
}
