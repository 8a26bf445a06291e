import { standingVerdicts } from '../analysis/verdicts.store.ts'
import type { ExperimentDetail } from '../contract/experiments.ts'
import type { Contradiction, Learning } from '../contract/learnings.ts'
import type { Deps } from '../deps.ts'
import type { ExperimentRecord } from '../experiments/experiments.store.ts'
import { createHypothesesStore } from '../hypotheses/hypotheses.store.ts'
import type { Tx } from '../platform/postgres.ts'
import { beliefWords } from './belief-words.ts'
import { contradictions } from './contradictions.ts'
import { evidenceStrength } from './evidence-strength.ts'
import { createLearningsStore } from './learnings.store.ts'
import { decidingArm, primaryEffect } from './primary-effect.ts'
import { replicationOf } from './replication.ts'

export interface LearningFilter {
  search?: string | undefined
  verdict?: Learning['verdict'] | undefined
  evidence?: Learning['evidence'] | undefined
  metric?: string | undefined
  wrong?: boolean
  contradicted?: boolean
}

export interface Library {
  learnings: Learning[]
  total: number
  wrongTotal: number
  contradictions: Contradiction[]
}

/** Everything that experiments of a project taught, as far as the filter lets it through. */
export async function listLearnings(deps: Deps, projectId: string, filter: LearningFilter): Promise<Library> {
  const store = createLearningsStore(deps.db)
  const stored = await store.list(projectId)
  const hypotheses = await createHypothesesStore(deps.db).named(projectId)
  const replicates = (a: string, b: string) => hypotheses.some(({ key, relatedTo }) => relatedTo?.kind === 'replication' && ((key === a && relatedTo.hypothesis === b) || (key === b && relatedTo.hypothesis === a)))
  const against = contradictions(stored, replicates)
  const all = stored.map((learning): Learning => ({
    ...learning,
    replication: replicationOf(learning, hypotheses, stored),
    contradictedBy: against.flatMap(({ experiments: [up, down] }) => (up === learning.experiment ? [down] : down === learning.experiment ? [up] : [])),
  }))
  const found = filter.search === undefined || filter.search.trim() === '' ? null : await store.search(projectId, filter.search)
  const ranked = found === null ? all : [...found].flatMap(([experiment, snippet]) => all.filter((learning) => learning.experiment === experiment).map((learning) => ({ ...learning, snippet })))
  const learnings = ranked.filter((learning) =>
    (filter.verdict === undefined || learning.verdict === filter.verdict)
    && (filter.evidence === undefined || learning.evidence === filter.evidence)
    && (filter.metric === undefined || learning.metric.key === filter.metric)
    && (!filter.wrong || learning.wrong)
    && (!filter.contradicted || learning.contradictedBy.length > 0))
  return { learnings, total: all.length, wrongTotal: all.filter(({ wrong }) => wrong).length, contradictions: against }
}

/** Writes down what a decided experiment taught. Call it in the transaction that decides. */
export async function recordLearning(tx: Tx, projectId: string, record: Pick<ExperimentRecord, 'id' | 'hypothesisId' | 'summary' | 'plan' | 'analysis'>, decision: NonNullable<ExperimentDetail['decision']>): Promise<void> {
  const { plan, analysis } = record
  const primary = plan?.metrics.find(({ role }) => role === 'primary')
  if (plan === null || !primary) return
  const store = createLearningsStore(tx)
  const verdict = (await standingVerdicts(tx, [record.id])).get(record.id) ?? null
  const said = verdict ?? analysis?.verdict ?? null
  const effect = analysis === null || said === null ? null : primaryEffect(analysis, decidingArm(said, plan.control))
  await store.insert({
    projectId,
    experimentId: record.id,
    hypothesisId: record.hypothesisId,
    title: record.summary.title,
    belief: beliefWords(plan.hypothesis.draft, primary.name),
    text: decision.learning,
    verdict: verdict?.kind ?? 'none',
    choice: decision.choice,
    evidence: evidenceStrength({ verdict, analysis, plan, deviations: await store.deviationsOf(record.id) }),
    wrong: verdict?.kind === 'rejected' || verdict?.kind === 'harmful',
    metric: primary.key,
    lift: effect?.lift ?? null,
    liftLower: effect?.lower ?? null,
    liftUpper: effect?.upper ?? null,
    at: new Date(decision.at),
    by: decision.by,
  })
}
