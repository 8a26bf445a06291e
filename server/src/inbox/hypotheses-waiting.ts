import type { WaitingItem } from '../contract/inbox.ts'
import { allows } from '../contract/roles.ts'
import type { Reader, UntestedHypothesis, WaitingFacts } from './waiting-facts.ts'

/** Whole hypotheses ask those who look after flags which one shows the change; unfinished ones wait for who wrote them. */
export function hypothesesWaiting({ hypotheses }: Pick<WaitingFacts, 'hypotheses'>, reader: Reader): WaitingItem[] {
  return hypotheses.flatMap((hypothesis) => itemOf(hypothesis, reader) ?? [])
}

function itemOf({ key, title, writtenBy, changedAt, missing }: UntestedHypothesis, reader: Reader): WaitingItem | null {
  const about = { key, title, since: changedAt.toISOString() }
  const isMine = writtenBy === reader.name
  const [first] = missing
  if (first === undefined) {
    if (!allows(reader.role, 'flag.write')) return null
    return { ...about, kind: 'expose', urgency: 'next', sentence: `${isMine ? 'You have' : `${writtenBy} has`} written it down. It needs exposure: say which flag shows the change, and to whom.` }
  }
  if (!isMine || !allows(reader.role, 'hypothesis.write')) return null
  return { ...about, kind: 'write', urgency: 'later', sentence: `You began it. ${missing.length === 1 ? first : `${first} And ${missing.length - 1} more to fill in.`}` }
}
