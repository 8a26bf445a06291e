import type { HypothesisDraft } from '../contract/hypotheses.ts'

type Named = Pick<HypothesisDraft, 'title' | 'relatedTo'> & { key: string }

/** What is wrong with what a hypothesis says it goes on from; null where nothing is. `key` is null for one that has none yet. */
export function relatedIssue(key: string | null, relatedTo: HypothesisDraft['relatedTo'], all: readonly Named[]): string | null {
  if (relatedTo === undefined) return null
  const byKey = new Map(all.map((hypothesis) => [hypothesis.key, hypothesis]))
  if (!byKey.has(relatedTo.hypothesis)) return `There is no hypothesis ${relatedTo.hypothesis}.`
  if (relatedTo.hypothesis === key) return 'A hypothesis cannot go on from itself.'
  const seen = new Set<string>()
  for (let at: string | undefined = relatedTo.hypothesis; at !== undefined && !seen.has(at); at = byKey.get(at)?.relatedTo?.hypothesis) {
    if (at === key) return `${relatedTo.hypothesis} itself goes on from ${key}: choose one that came before it.`
    seen.add(at)
  }
  return null
}

/** Hypotheses that say they go on from one, oldest first. */
export function followersOf(key: string, all: readonly Named[]): { key: string; title: string; kind: 'follow_up' | 'replication' }[] {
  return all.flatMap(({ key: follower, title, relatedTo }) => (relatedTo?.hypothesis === key ? [{ key: follower, title, kind: relatedTo.kind }] : [])).reverse()
}
