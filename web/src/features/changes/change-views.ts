import type { ChangeStatus, ChangeSummary } from '@assay/server/contract'
import { hasWords } from '../../ui/has-words.ts'

export const changeViews = [
  { value: 'waiting', label: 'Waiting for me' },
  { value: 'open', label: 'Open' },
  { value: 'scheduled', label: 'Scheduled' },
  { value: 'done', label: 'Done' },
] as const
export type ChangeView = (typeof changeViews)[number]['value']

const done: readonly ChangeStatus[] = ['applied', 'rejected', 'withdrawn']

export function isDone({ status }: Pick<ChangeSummary, 'status'>): boolean {
  return done.includes(status)
}

export function isInView(change: ChangeSummary, view: ChangeView): boolean {
  switch (view) {
    case 'waiting':
      return change.waitsForYou
    case 'open':
      return !isDone(change) && change.status !== 'scheduled'
    case 'scheduled':
      return change.status === 'scheduled'
    case 'done':
      return isDone(change)
  }
}

/** The view that an address asks for; without one, what waits for the person, else what is open. */
export function changeView(asked: string | undefined, changes: readonly ChangeSummary[]): ChangeView {
  return changeViews.find(({ value }) => value === asked)?.value ?? (changes.some(({ waitsForYou }) => waitsForYou) ? 'waiting' : 'open')
}

/** Whether a change answers a search and is of an environment. */
export function isFound(change: ChangeSummary, search: string, environment: string | undefined): boolean {
  if (environment !== undefined && change.environment !== environment) return false
  return hasWords(`${change.key} ${change.reason} ${change.flag} ${change.flagName} ${change.author.name}`, search)
}

/** What comes next first: scheduled changes by when they are due, others newest first. */
export function inOrder(changes: readonly ChangeSummary[], view: ChangeView): ChangeSummary[] {
  if (view === 'scheduled') return [...changes].sort((a, b) => (a.schedule?.at ?? '').localeCompare(b.schedule?.at ?? ''))
  return [...changes].sort((a, b) => (view === 'done' ? b.changedAt.localeCompare(a.changedAt) : b.createdAt.localeCompare(a.createdAt)))
}
