import { draftOf } from '../contract/draft-of.ts'
import type { Hypothesis, HypothesisDraft } from '../contract/hypotheses.ts'
import { createCohortsStore } from '../cohorts/cohorts.store.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { assertBasedOn } from '../http/revision-conflict.ts'
import { createMetricsStore } from '../metrics/metrics.store.ts'
import type { Tx } from '../platform/postgres.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { closeFollowUps } from '../tasks/close-tasks.service.ts'
import { createHypothesesStore } from './hypotheses.store.ts'
import { relatedIssue } from './related.ts'

export async function createHypothesis(deps: Deps, projectId: string, actor: Actor, draft: HypothesisDraft): Promise<Hypothesis> {
  return commitChange(deps, projectId, async (tx) => {
    await assertReferences(tx, projectId, null, draft)
    const result = await createHypothesesStore(tx).insert(projectId, draft, actor.name, deps.now())
    const closed = await closeFollowUps(deps, tx, projectId, result)
    return {
      result,
      audit: [{ at: deps.now(), actor, action: 'hypothesis.created', entityKind: 'hypothesis', entityKey: result.key, after: draft, revision: result.revision }, ...closed],
      environments: [],
    }
  })
}

export async function saveHypothesis(deps: Deps, projectId: string, actor: Actor, key: string, basedOn: number, draft: HypothesisDraft): Promise<Hypothesis> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createHypothesesStore(tx)
    const before = await store.find(projectId, key)
    if (!before) throw new AppError('not_found', `There is no hypothesis ${key}.`)
    assertBasedOn(before, basedOn, draft, `${key}`)
    await assertReferences(tx, projectId, key, draft)
    const result = await store.update(before.id, draft, actor.name, deps.now())
    const closed = await closeFollowUps(deps, tx, projectId, result)
    return {
      result,
      audit: [{ at: deps.now(), actor, action: 'hypothesis.changed', entityKind: 'hypothesis', entityKey: key, before: draftOf(before), after: draft, revision: result.revision }, ...closed],
      environments: [],
    }
  })
}

/** A draft may be unfinished, but what it names must exist. */
async function assertReferences(tx: Tx, projectId: string, key: string | null, draft: HypothesisDraft): Promise<void> {
  const known = new Set((await createMetricsStore(tx).list(projectId)).map((metric) => metric.key))
  const named = [
    ...(draft.primaryMetric === null ? [] : [{ path: 'primaryMetric', key: draft.primaryMetric }]),
    ...draft.guardrails.map((guardrail, index) => ({ path: `guardrails.${index}.metric`, key: guardrail.metric })),
    ...draft.secondaryMetrics.map((key, index) => ({ path: `secondaryMetrics.${index}`, key })),
  ]
  const issues = named.filter(({ key }) => !known.has(key)).map(({ path, key }) => ({ path, message: `There is no metric with the key ${key}.` }))
  if (draft.cohort !== null && !(await createCohortsStore(tx).find(projectId, draft.cohort))) {
    issues.push({ path: 'cohort', message: `There is no cohort with the key ${draft.cohort}.` })
  }
  const related = relatedIssue(key, draft.relatedTo, draft.relatedTo === undefined ? [] : await createHypothesesStore(tx).named(projectId))
  if (related !== null) issues.push({ path: 'relatedTo', message: related })
  if (issues.length > 0) throw new AppError('invalid_request', issues.map((issue) => issue.message).join(' '), { details: issues })
}
