import * as z from 'zod/mini'
import { auditFilters } from './audit.ts'
import { changeViewKeys } from './change-views.ts'
import { changeStatus } from './changes.ts'
import { experimentViewKeys } from './experiment-views.ts'
import { flagKey, slug } from './fields.ts'
import { flagFilters } from './flag-lists.ts'
import { learningFilters } from './learnings.ts'
import type { Permission } from './roles.ts'
import { defineRoutes } from './route.ts'

export const exportFormats = ['csv', 'json', 'ndjson', 'parquet'] as const
export const exportFormat = z.enum(exportFormats)
export type ExportFormat = (typeof exportFormats)[number]

/** What each format is good for. */
export const formatWords: Readonly<Record<ExportFormat, { name: string; use: string }>> = {
  csv: { name: 'CSV', use: 'Spreadsheets' },
  json: { name: 'JSON', use: 'One document' },
  ndjson: { name: 'NDJSON', use: 'One row per line' },
  parquet: { name: 'Parquet', use: 'Warehouses and notebooks' },
}

const streams = ['text/csv', 'application/json', 'application/x-ndjson', 'application/vnd.apache.parquet'] as const
const base = '/api/v1/projects/:project'

/** A table that can be taken away: its address, who may, and the filters of the page that shows it, which `takes` names. */
function table<const N extends string, const A extends Permission, const F extends Record<string, z.ZodMiniType<string | undefined>>>(name: N, access: A, words: { title: string; holds: string }, filters: F) {
  const query = z.strictObject({ format: exportFormat, ...filters })
  return { name, ...words, takes: Object.keys(filters), filters: z.strictObject(filters), route: { method: 'GET', path: `${base}/exports/${name}`, summary: `${words.title}: ${words.holds}`, access, query, streams } } as const
}

const text = z.exactOptional(z.string().check(z.maxLength(500)))
const experiment = z.string().check(z.minLength(1, 'Name the experiment.'), z.maxLength(100))
const experimentView = z.exactOptional(z.enum(experimentViewKeys))
const readers = 'project.read'

export const exportResources = {
  flags: table('flags', readers, { title: 'Flags', holds: 'one row per flag, with where it is on' }, flagFilters),
  changes: table('changes', readers, { title: 'Changes', holds: 'one row per proposed change' }, { view: z.exactOptional(z.enum(changeViewKeys)), q: text, environment: z.exactOptional(slug), status: z.exactOptional(changeStatus), flag: z.exactOptional(flagKey) }),
  cohorts: table('cohorts', readers, { title: 'Cohorts', holds: 'one row per cohort, with its condition and lists' }, {}),
  metrics: table('metrics', readers, { title: 'Metrics', holds: 'one row per metric, as it is defined now' }, {}),
  'metric-revisions': table('metric-revisions', readers, { title: 'Metric history', holds: 'one row per definition that a metric has had' }, { metric: z.exactOptional(slug) }),
  hypotheses: table('hypotheses', readers, { title: 'Hypotheses', holds: 'one row per hypothesis, with its whole plan' }, {}),
  experiments: table('experiments', readers, { title: 'Experiments', holds: 'one row per experiment, with its set-up, verdict and decision' }, { view: experimentView }),
  results: table('results', readers, { title: 'Results', holds: 'one row per experiment, phase, metric and arm, with every number and what it was computed by' }, { experiment: z.exactOptional(experiment), view: experimentView }),
  daily: table('daily', readers, { title: 'Results by day', holds: 'one row per experiment, phase, day and arm' }, { experiment: z.exactOptional(experiment), view: experimentView }),
  exposures: table('exposures', 'raw_data.export', { title: 'Exposures', holds: 'one row per unit that met the experiment' }, { experiment }),
  events: table('events', 'raw_data.export', { title: 'Events', holds: "one row per event of the plan's metrics" }, { experiment }),
  learnings: table('learnings', readers, { title: 'Learnings', holds: 'one row per decided experiment, with what it taught' }, learningFilters),
  tasks: table('tasks', readers, { title: 'Tasks', holds: 'one row per task that a decision left' }, { state: z.exactOptional(z.enum(['open', 'done'])), experiment: z.exactOptional(experiment), flag: z.exactOptional(flagKey), assignee: text }),
  layers: table('layers', readers, { title: 'Layers', holds: 'one row per part that is taken, or per layer that is free' }, {}),
  holdouts: table('holdouts', readers, { title: 'Holdouts', holds: 'one row per holdout in force' }, {}),
  audit: table('audit', readers, { title: 'Audit log', holds: 'one row per change of the project, newest first' }, auditFilters),
  keys: table('keys', 'key.read', { title: 'SDK keys', holds: 'one row per key, without its secret' }, {}),
  members: table('members', readers, { title: 'Members', holds: 'one row per member, with the role' }, {}),
} as const

export type ExportResource = keyof typeof exportResources
export const exportResourceNames = Object.keys(exportResources) as [ExportResource, ...ExportResource[]]

export const exportRoutes = defineRoutes({
  exportFlags: exportResources.flags.route,
  exportChanges: exportResources.changes.route,
  exportCohorts: exportResources.cohorts.route,
  exportMetrics: exportResources.metrics.route,
  exportMetricRevisions: exportResources['metric-revisions'].route,
  exportHypotheses: exportResources.hypotheses.route,
  exportExperiments: exportResources.experiments.route,
  exportResultRows: exportResources.results.route,
  exportDaily: exportResources.daily.route,
  exportExposureRows: exportResources.exposures.route,
  exportEventRows: exportResources.events.route,
  exportLearnings: exportResources.learnings.route,
  exportTasks: exportResources.tasks.route,
  exportLayers: exportResources.layers.route,
  exportHoldouts: exportResources.holdouts.route,
  exportAudit: exportResources.audit.route,
  exportKeys: exportResources.keys.route,
  exportMembers: exportResources.members.route,
})
