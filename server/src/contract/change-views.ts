import type { ChangeStatus, ChangeSummary } from './changes.ts'
import { hasWords } from './has-words.ts'

export const changeViewKeys = ['waiting', 'open', 'scheduled', 'done'] as const
export type ChangeView = (typeof changeViewKeys)[number]

const done: readonly ChangeStatus[] = ['applied', 'rejected', 'withdrawn']

export function isChangeDone({ status }: Pick<ChangeSummary, 'status'>): boolean {
  return done.includes(status)
}

export function isChangeInView(change: ChangeSummary, view: ChangeView): boolean {
  switch (view) {
    case 'waiting':
      return change.waitsForYou
    case 'open':
      return !isChangeDone(change) && change.status !== 'scheduled'
    case 'scheduled':
      return change.status === 'scheduled'
    case 'done':
      return isChangeDone(change)
  }
}

/** Whether a change answers a search and is of an environment. */
export function isChangeFound(change: ChangeSummary, search: string, environment: string | undefined): boolean {
  if (environment !== undefined && change.environment !== environment) return false
  return hasWords(`${change.key} ${change.reason} ${change.flag} ${change.flagName} ${change.author.name}`, search)
}
