import type { Metric } from '../contract/metrics.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { assertBasedOn } from '../http/revision-conflict.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createMetricsStore, type MetricDefinition } from './metrics.store.ts'

export async function createMetric(deps: Deps, projectId: string, actor: Actor, definition: MetricDefinition): Promise<Metric> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createMetricsStore(tx)
    if (await store.find(projectId, definition.key)) throw new AppError('already_exists', `A metric with the key ${definition.key} exists already.`)
    const result = await store.insert(projectId, definition, actor.name, deps.now())
    return {
      result,
      audit: [{ at: deps.now(), actor, action: 'metric.created', entityKind: 'metric', entityKey: definition.key, after: definition, revision: result.revision }],
      environments: [],
    }
  })
}

export async function saveMetric(deps: Deps, projectId: string, actor: Actor, basedOn: number, definition: MetricDefinition): Promise<Metric> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createMetricsStore(tx)
    const before = await store.find(projectId, definition.key)
    if (!before) throw new AppError('not_found', `There is no metric with the key ${definition.key}.`)
    assertBasedOn(before, basedOn, definition, `The metric ${before.name}`)
    const result = await store.update(projectId, definition, actor.name, deps.now())
    return {
      result,
      audit: [{ at: deps.now(), actor, action: 'metric.changed', entityKind: 'metric', entityKey: definition.key, before, after: definition, revision: result.revision }],
      environments: [],
    }
  })
}
