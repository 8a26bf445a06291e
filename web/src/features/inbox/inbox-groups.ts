import type { Inbox, Urgency, WaitingItem } from '@assay/server/contract'
import { count, plural } from '../../ui/format.ts'

interface Group {
  urgency: Urgency
  title: string
  /** Why these are here and not elsewhere. */
  sentence: string
}

const groups: readonly Group[] = [
  { urgency: 'now', title: 'Now', sentence: 'People or data suffer, or the time has passed.' },
  { urgency: 'next', title: 'Next', sentence: 'Others wait for it.' },
  { urgency: 'later', title: 'When there is time', sentence: 'It waits for you alone.' },
]

/** What waits, by urgency; only the groups that have something. */
export function groupsOf({ items, counts }: Inbox): (Group & { items: WaitingItem[]; total: number })[] {
  return groups.map((group) => ({ ...group, items: items.filter(({ urgency }) => urgency === group.urgency), total: counts[group.urgency] })).filter(({ items: own }) => own.length > 0)
}

/** How much waits, in one sentence. */
export function inboxLead({ counts: { now, next, later } }: Pick<Inbox, 'counts'>): string {
  const all = now + next + later
  if (all === 0) return 'What others ask of you, and what goes wrong with yours.'
  return `${plural(all, 'thing')} ${all === 1 ? 'waits' : 'wait'} for you${now === 0 ? '' : now === all ? ', now' : `, ${count(now)} of them now`}.`
}

/** What is left out, where anything is. */
export function leftOut({ items, counts: { now, next, later } }: Inbox): string | null {
  const all = now + next + later
  return all > items.length ? `The ${count(items.length)} most urgent of ${count(all)}. The others move up as these are done.` : null
}
