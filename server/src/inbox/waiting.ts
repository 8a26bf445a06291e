import type { Inbox, Urgency, WaitingItem, WaitingKind } from '../contract/inbox.ts'
import { changesWaiting } from './changes-waiting.ts'
import { choresWaiting } from './chores-waiting.ts'
import { experimentsWaiting } from './experiments-waiting.ts'
import { hypothesesWaiting } from './hypotheses-waiting.ts'
import type { Reader, WaitingFacts } from './waiting-facts.ts'

/** Items that are listed at most; all are counted. */
const MOST = 100
const urgencies: readonly Urgency[] = ['now', 'next', 'later']
const kinds: readonly WaitingKind[] = ['harm', 'distrust', 'conflict', 'revise', 'apply', 'decide', 'review', 'expose', 'task', 'export', 'webhook', 'key', 'start', 'write', 'remove', 'rejected']

/** What waits for the reader, the most urgent first; of the same kind what waits longest. */
export function waitingFor(facts: WaitingFacts, reader: Reader, now: Date): Inbox {
  const all = [...experimentsWaiting(facts, reader, now), ...changesWaiting(facts, now), ...hypothesesWaiting(facts, reader), ...choresWaiting(facts, reader, now)]
  const items = all.sort((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.since.localeCompare(b.since))
  return { items: items.slice(0, MOST), counts: { now: countOf(items, 'now'), next: countOf(items, 'next'), later: countOf(items, 'later') } }
}

function countOf(items: readonly WaitingItem[], urgency: Urgency): number {
  return items.filter((item) => item.urgency === urgency).length
}
