import type { Member } from '../contract/accounts.ts'
import type { AuditEntry } from '../contract/audit.ts'
import type { Metric, MetricDefinition, MetricRevision } from '../contract/metrics.ts'
import type { SdkKey } from '../contract/projects.ts'
import { columnsOf, jsonCell } from './columns.ts'

/** How events become numbers, without what has a column of its own. */
function definitionOf({ key: _key, name: _name, description: _description, owner: _owner, revision: _revision, changedAt: _at, changedBy: _by, ...definition }: Metric): MetricDefinition {
  return definition
}

export const metricRevisionColumns = columnsOf<MetricRevision>(
  ['key', 'text', ({ metric }) => metric.key],
  ['name', 'text', ({ metric }) => metric.name],
  ['description', 'text', ({ metric }) => metric.description],
  ['owner', 'text', ({ metric }) => metric.owner],
  ['type', 'text', ({ metric }) => metric.type],
  ['event', 'text', ({ metric }) => metric.event],
  ['direction', 'text', ({ metric }) => metric.direction],
  ['unitLabel', 'text', ({ metric }) => metric.unitLabel],
  ['windowHours', 'number', ({ metric }) => metric.windowHours],
  ['definition', 'json', ({ metric }) => jsonCell(definitionOf(metric))],
  ['revision', 'integer', ({ metric }) => metric.revision],
  ['changedAt', 'instant', ({ metric }) => metric.changedAt],
  ['changedBy', 'text', ({ metric }) => metric.changedBy],
  ['reason', 'text', ({ reason }) => reason],
)

/** The same of what stands now. */
export const metricColumns = metricRevisionColumns.filter(({ name }) => name !== 'reason')

export const auditColumns = columnsOf<AuditEntry>(
  ['seq', 'integer', (entry) => entry.seq],
  ['at', 'instant', (entry) => entry.at],
  ['actorId', 'text', (entry) => entry.actor.id],
  ['actor', 'text', (entry) => entry.actor.name],
  ['token', 'text', (entry) => entry.actor.token ?? null],
  ['action', 'text', (entry) => entry.action],
  ['kind', 'text', (entry) => entry.entity.kind],
  ['key', 'text', (entry) => entry.entity.key],
  ['environment', 'text', (entry) => entry.environment],
  ['reason', 'text', (entry) => entry.reason],
  ['revision', 'integer', (entry) => entry.revision],
  ['before', 'json', (entry) => (entry.before === null ? null : jsonCell(entry.before))],
  ['after', 'json', (entry) => (entry.after === null ? null : jsonCell(entry.after))],
  ['hash', 'text', (entry) => entry.hash],
)

export const keyColumns = columnsOf<SdkKey>(
  ['id', 'text', (key) => key.id],
  ['environment', 'text', (key) => key.environment],
  ['kind', 'text', (key) => key.kind],
  ['name', 'text', (key) => key.name],
  ['prefix', 'text', (key) => key.prefix],
  ['createdAt', 'instant', (key) => key.createdAt],
  ['createdBy', 'text', (key) => key.createdBy],
  ['lastUsedAt', 'instant', (key) => key.lastUsedAt],
  ['lastUsedBy', 'text', (key) => key.lastUsedBy],
  ['revokedAt', 'instant', (key) => key.revokedAt],
  ['replacedBy', 'text', (key) => key.replacedBy?.prefix ?? null],
  ['stopsAt', 'instant', (key) => key.stopsAt],
)

export const memberColumns = columnsOf<Member>(
  ['userId', 'text', (member) => member.userId],
  ['name', 'text', (member) => member.name],
  ['email', 'text', (member) => member.email],
  ['role', 'text', (member) => member.role],
  ['invited', 'boolean', (member) => member.invited],
  ['lastSeenAt', 'instant', (member) => member.lastSeenAt],
)
