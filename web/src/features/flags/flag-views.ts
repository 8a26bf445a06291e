import type { Environment, FlagSummary } from '@assay/server/contract'
import { isKind } from './kinds.ts'

export const flagViews = [
  { value: 'all', label: 'All' },
  { value: 'live', label: 'Live in production' },
  { value: 'experiment', label: 'With an experiment' },
  { value: 'off', label: 'Off everywhere' },
] as const
export type FlagView = (typeof flagViews)[number]['value']

/** The view that an address asks for. */
export function flagView(asked: string | undefined): FlagView {
  return flagViews.find(({ value }) => value === asked)?.value ?? 'all'
}

export function isInView(flag: FlagSummary, view: FlagView, environments: readonly Environment[]): boolean {
  switch (view) {
    case 'all':
      return true
    case 'live':
      return flag.environments.some(({ environment, enabled }) => enabled && environments.some(({ key, production }) => production && key === environment))
    case 'experiment':
      return flag.experiment !== null
    case 'off':
      return flag.environments.every(({ enabled }) => !enabled)
  }
}

/** Whether a flag answers a search by name or key and a filter by kind. */
export function isFound(flag: FlagSummary, search: string, kind: string | undefined): boolean {
  if (isKind(kind) && flag.kind !== kind) return false
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '')
  const text = `${flag.name} ${flag.key} ${flag.owner ?? ''}`.toLowerCase()
  return words.every((word) => text.includes(word))
}
