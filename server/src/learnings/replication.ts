import type { Learning } from '../contract/learnings.ts'

interface Replicating {
  key: string
  relatedTo?: { hypothesis: string; kind: 'follow_up' | 'replication' }
}

type Concluded = Pick<Learning, 'hypothesis' | 'verdict'>

/** What came of testing a hypothesis once more. `held`: the newest replication came to the same answer; `not_held`: to another one that is clear. */
export function replicationOf({ hypothesis, verdict }: Concluded, hypotheses: readonly Replicating[], learnings: readonly Concluded[]): Learning['replication'] {
  const again = hypotheses.filter(({ relatedTo }) => relatedTo?.kind === 'replication' && relatedTo.hypothesis === hypothesis).map(({ key }) => key)
  if (again.length === 0) return { state: 'none', hypotheses: [] }
  // Newest first, as learnings are.
  const answers = learnings.filter((other) => again.includes(other.hypothesis))
  const clear = answers.find((answer) => ['confirmed', 'rejected', 'harmful'].includes(answer.verdict))
  if (clear) return { state: isNo(clear.verdict) === isNo(verdict) ? 'held' : 'not_held', hypotheses: again }
  return { state: answers.length === 0 ? 'running' : 'unclear', hypotheses: again }
}

function isNo(verdict: Learning['verdict']): boolean {
  return verdict === 'rejected' || verdict === 'harmful'
}
