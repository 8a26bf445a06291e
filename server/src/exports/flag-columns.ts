import type { ChangeSummary } from '../contract/changes.ts'
import type { Cohort } from '../contract/cohorts.ts'
import type { FlagSummary, FlagUsage } from '../contract/flags.ts'
import type { Holdout, Layer } from '../contract/layers.ts'
import { columnsOf, jsonCell } from './columns.ts'

export interface FlagRow {
  flag: FlagSummary
  usage: FlagUsage | undefined
}

const words = (list: readonly string[]) => list.join(' ')

export const flagColumns = columnsOf<FlagRow>(
  ['key', 'text', ({ flag }) => flag.key],
  ['name', 'text', ({ flag }) => flag.name],
  ['kind', 'text', ({ flag }) => flag.kind],
  ['type', 'text', ({ flag }) => flag.type],
  ['owner', 'text', ({ flag }) => flag.owner],
  ['tags', 'json', ({ flag }) => jsonCell(flag.tags)],
  ['clientVisible', 'boolean', ({ flag }) => flag.clientVisible],
  ['state', 'text', ({ usage }) => usage?.lifecycle.state],
  ['stateReason', 'text', ({ usage }) => usage?.lifecycle.reason],
  ['variants', 'text', ({ flag }) => words(flag.variants.map(({ key }) => key))],
  ['onIn', 'text', ({ flag }) => words(flag.environments.filter(({ enabled }) => enabled).map(({ environment }) => environment))],
  ['environments', 'json', ({ flag }) => jsonCell(flag.environments)],
  ['lastEvaluatedAt', 'instant', ({ usage }) => usage?.environments.map(({ lastEvaluatedAt }) => lastEvaluatedAt).reduce((last, at) => (at !== null && (last === null || at > last) ? at : last), null)],
  ['decisionsLastDay', 'integer', ({ usage }) => usage?.environments.flatMap(({ hourly }) => hourly).reduce((sum, hour) => sum + hour, 0)],
  ['openChanges', 'integer', ({ flag }) => flag.openChanges],
  ['experiment', 'text', ({ flag }) => flag.experiment?.key],
  ['experimentStatus', 'text', ({ flag }) => flag.experiment?.status],
  ['hypothesis', 'text', ({ flag }) => flag.experiment?.hypothesis],
  ['expectedRemoval', 'day', ({ flag }) => flag.expectedRemoval],
  ['archivedAt', 'instant', ({ flag }) => flag.archivedAt],
  ['createdAt', 'instant', ({ flag }) => flag.createdAt],
  ['changedAt', 'instant', ({ flag }) => flag.changedAt],
  ['changedBy', 'text', ({ flag }) => flag.changedBy],
)

export const changeColumns = columnsOf<ChangeSummary>(
  ['key', 'text', (change) => change.key],
  ['flag', 'text', (change) => change.flag],
  ['flagName', 'text', (change) => change.flagName],
  ['environment', 'text', (change) => change.environment],
  ['status', 'text', (change) => change.status],
  ['reason', 'text', (change) => change.reason],
  ['author', 'text', (change) => change.author.name],
  ['approvalsGiven', 'integer', (change) => change.approvals.given],
  ['approvalsNeeded', 'integer', (change) => change.approvals.needed],
  ['waitsForYou', 'boolean', (change) => change.waitsForYou],
  ['dueAt', 'instant', (change) => change.schedule?.at],
  ['dueLocal', 'text', (change) => change.schedule?.local],
  ['dueTimeZone', 'text', (change) => change.schedule?.timeZone],
  ['createdAt', 'instant', (change) => change.createdAt],
  ['changedAt', 'instant', (change) => change.changedAt],
)

export const cohortColumns = columnsOf<Cohort>(
  ['key', 'text', (cohort) => cohort.key],
  ['name', 'text', (cohort) => cohort.name],
  ['description', 'text', (cohort) => cohort.description],
  ['unit', 'text', (cohort) => cohort.unit],
  ['condition', 'json', (cohort) => (cohort.when === null ? null : jsonCell(cohort.when))],
  ['includedCount', 'integer', (cohort) => cohort.included.length],
  ['excludedCount', 'integer', (cohort) => cohort.excluded.length],
  ['included', 'json', (cohort) => jsonCell(cohort.included)],
  ['excluded', 'json', (cohort) => jsonCell(cohort.excluded)],
  ['usedBy', 'json', (cohort) => jsonCell(cohort.usedBy)],
  ['revision', 'integer', (cohort) => cohort.revision],
  ['changedAt', 'instant', (cohort) => cohort.changedAt],
  ['changedBy', 'text', (cohort) => cohort.changedBy],
)

export interface LayerRow {
  layer: Layer
  /** Null where nothing takes a part. */
  part: Layer['taken'][number] | null
}

export function layerTable(layers: readonly Layer[]): LayerRow[] {
  return layers.flatMap((layer): LayerRow[] => (layer.taken.length === 0 ? [{ layer, part: null }] : layer.taken.map((part) => ({ layer, part }))))
}

export const layerColumns = columnsOf<LayerRow>(
  ['key', 'text', ({ layer }) => layer.key],
  ['name', 'text', ({ layer }) => layer.name],
  ['unit', 'text', ({ layer }) => layer.unit],
  ['flag', 'text', ({ part }) => part?.flag],
  ['environment', 'text', ({ part }) => part?.environment],
  ['rule', 'text', ({ part }) => part?.rule],
  ['experiment', 'text', ({ part }) => part?.experiment],
  ['from', 'integer', ({ part }) => part?.from],
  ['to', 'integer', ({ part }) => part?.to],
  ['createdAt', 'instant', ({ layer }) => layer.createdAt],
  ['createdBy', 'text', ({ layer }) => layer.createdBy],
)

export const holdoutColumns = columnsOf<Holdout>(
  ['key', 'text', (holdout) => holdout.key],
  ['name', 'text', (holdout) => holdout.name],
  ['unit', 'text', (holdout) => holdout.unit],
  ['from', 'integer', (holdout) => holdout.from],
  ['to', 'integer', (holdout) => holdout.to],
  ['createdAt', 'instant', (holdout) => holdout.createdAt],
  ['createdBy', 'text', (holdout) => holdout.createdBy],
)
