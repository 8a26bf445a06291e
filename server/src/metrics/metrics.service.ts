import { metricIssues } from '../contract/metric-issues.ts'
import type { Metric } from '../contract/metrics.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { type Actor, invalidRequest } from '../http/register.ts'
import { assertBasedOn } from '../http/revision-conflict.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createMetricsStore, type MetricDraft } from './metrics.store.ts'

export async function createMetric(deps: Deps, projectId: string, actor: Actor, draft: MetricDraft): Promise<Metric> {
  assertMeasurable(draft)
  return commitChange(deps, projectId, async (tx) => {
    const store = createMetricsStore(tx)
    if (await store.find(projectId, draft.key)) throw new AppError('already_exists', `A metric with the key ${draft.key} exists already.`)
    const result = await store.insert(projectId, draft, actor.name, deps.now())
    return {
      result,
      audit: [{ at: deps.now(), actor, action: 'metric.created', entityKind: 'metric', entityKey: draft.key, after: draft, revision: result.revision }],
      environments: [],
    }
  })
}

export async function saveMetric(deps: Deps, projectId: string, actor: Actor, basedOn: number, draft: MetricDraft, reason: string | null): Promise<Metric> {
  assertMeasurable(draft)
  return commitChange(deps, projectId, async (tx) => {
    const store = createMetricsStore(tx)
    const before = await store.find(projectId, draft.key)
    if (!before) throw new AppError('not_found', `There is no metric with the key ${draft.key}.`)
    assertBasedOn(before, basedOn, draft, `The metric ${before.name}`)
    const result = await store.update(projectId, draft, actor.name, deps.now(), reason)
    return {
      result,
      audit: [{ at: deps.now(), actor, action: 'metric.changed', entityKind: 'metric', entityKey: draft.key, before, after: draft, revision: result.revision, ...(reason === null ? {} : { reason }) }],
      environments: [],
    }
  })
}

function assertMeasurable(draft: MetricDraft): void {
  const issues = metricIssues(draft)
  if (issues.length > 0) throw invalidRequest(issues)
}
