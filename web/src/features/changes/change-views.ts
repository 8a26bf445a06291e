import type { ChangeSummary, ChangeView } from '@assay/server/contract'

export const changeViews: readonly { value: ChangeView; label: string }[] = [
  { value: 'waiting', label: 'Waiting for me' },
  { value: 'open', label: 'Open' },
  { value: 'scheduled', label: 'Scheduled' },
  { value: 'done', label: 'Done' },
]

/** The view that an address asks for; without one, what waits for the person, else what is open. */
export function changeView(asked: string | undefined, changes: readonly ChangeSummary[]): ChangeView {
  return changeViews.find(({ value }) => value === asked)?.value ?? (changes.some(({ waitsForYou }) => waitsForYou) ? 'waiting' : 'open')
}

/** What comes next first: scheduled changes by when they are due, others newest first. */
export function inOrder(changes: readonly ChangeSummary[], view: ChangeView): ChangeSummary[] {
  if (view === 'scheduled') return [...changes].sort((a, b) => (a.schedule?.at ?? '').localeCompare(b.schedule?.at ?? ''))
  return [...changes].sort((a, b) => (view === 'done' ? b.changedAt.localeCompare(a.changedAt) : b.createdAt.localeCompare(a.createdAt)))
}
