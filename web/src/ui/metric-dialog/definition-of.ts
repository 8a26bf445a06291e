import type { Metric, MetricDefinition } from '@assay/server/contract'

/** What is computed, without who wrote it and what it is called. */
export function definitionOf({ key: _key, name: _name, description: _description, owner: _owner, revision: _revision, changedAt: _changedAt, changedBy: _changedBy, ...definition }: Metric): MetricDefinition {
  return definition
}
