import type { WaitingItem } from '../contract/inbox.ts'
import type { OpenChange, RejectedChange, WaitingFacts } from './waiting-facts.ts'

const DAY_MS = 86_400_000

/** Changes whose next step is the reader's, and those of theirs that were rejected lately. */
export function changesWaiting({ changes, rejected }: Pick<WaitingFacts, 'changes' | 'rejected'>, now: Date): WaitingItem[] {
  return [...changes.filter(({ waitsForYou }) => waitsForYou).map((change) => openItem(change, now)), ...rejected.map(rejectedItem)]
}

function openItem(change: OpenChange, now: Date): WaitingItem {
  const { key, status, reason, flagName, environment, changedAt, author, isMine, failure, blockedBy } = change
  const where = `${flagName} in ${environment}`
  const about = { key, title: reason, since: changedAt }
  const soon = change.dueAt !== null && change.dueAt.getTime() - now.getTime() < DAY_MS
  if (status === 'conflicted') return { ...about, kind: 'conflict', urgency: 'now', sentence: `${where} moved on in the same place since you proposed it: choose what stays.` }
  if (status === 'approved') {
    if (failure !== null) return { ...about, kind: 'apply', urgency: 'now', sentence: `${failure} It is approved: apply it to ${where}.` }
    return { ...about, kind: 'apply', urgency: 'next', sentence: isMine ? `It is approved: apply it to ${where}.` : `It is approved, and ${author} may not apply it: apply it to ${where}.` }
  }
  if (isMine) return { ...about, kind: 'revise', urgency: soon ? 'now' : 'next', sentence: `${list(blockedBy)} asked for changes before it goes to ${where}.` }
  return { ...about, kind: 'review', urgency: soon ? 'now' : 'next', sentence: `${author} proposes to change ${where}${soon ? ', within a day' : ''}, and you may approve it.` }
}

function rejectedItem({ key, reason, flagName, environment, at, by, why }: RejectedChange): WaitingItem {
  const said = why === null || why === '' ? '' : ` They said: ${why}${/[.!?]$/.test(why) ? '' : '.'}`
  return { kind: 'rejected', urgency: 'later', key, title: reason, sentence: `${by ?? 'Somebody'} rejected your change of ${flagName} in ${environment}.${said}`, since: at.toISOString() }
}

function list(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? 'Somebody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
