import type { Hypothesis, HypothesisDraft } from './hypotheses.ts'

/** The part of a hypothesis that people edit. */
export function draftOf(hypothesis: Hypothesis): HypothesisDraft {
  const { key: _key, level: _level, revision: _revision, createdAt: _created, createdBy: _creator, changedAt: _changed, changedBy: _changer, missing: _missing, advice: _advice, followedBy: _followed, experiments: _experiments, ...draft } = hypothesis
  return draft
}
