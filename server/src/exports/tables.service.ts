import type * as z from 'zod/mini'
import { createAccountsStore } from '../accounts/accounts.store.ts'
import { createAuditStore } from '../audit/audit.store.ts'
import { listChanges } from '../changes/changes.service.ts'
import { listCohorts } from '../cohorts/cohorts.service.ts'
import { isChangeFound, isChangeInView } from '../contract/change-views.ts'
import { isExperimentInView } from '../contract/experiment-views.ts'
import { exportResources, type ExportResource } from '../contract/exports.ts'
import { isFlagFound, isFlagInView } from '../contract/flag-views.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { createExperimentsStore } from '../experiments/experiments.store.ts'
import { listFlagSummaries } from '../flags/flag-summaries.store.ts'
import { AppError } from '../http/app-error.ts'
import { invalidRequest, issuesOf, type Actor, type ProjectScope } from '../http/register.ts'
import { createHypothesesStore } from '../hypotheses/hypotheses.store.ts'
import { createLayersStore } from '../layers/layers.store.ts'
import { listLearnings } from '../learnings/learnings.service.ts'
import { createMetricsStore } from '../metrics/metrics.store.ts'
import { createKeysStore } from '../projects/keys.store.ts'
import { createTasksStore } from '../tasks/tasks.store.ts'
import { listUsage } from '../usage/usage.service.ts'
import { phasesOf } from './analysed-phases.service.ts'
import { type Column, type ColumnHead, type Table, tabulate } from './columns.ts'
import { createExportsStore, type ExportedPhase, findPhase } from './exports.store.ts'
import { changeColumns, cohortColumns, flagColumns, holdoutColumns, layerColumns, layerTable } from './flag-columns.ts'
import { metricRevisions } from './metric-revisions.store.ts'
import { experimentColumns, hypothesisColumns, learningColumns, taskColumns } from './plan-columns.ts'
import { auditColumns, keyColumns, memberColumns, metricColumns, metricRevisionColumns } from './project-columns.ts'
import { eventColumns, exposureColumns } from './raw-columns.ts'
import { dailyColumns, dailyTable, resultColumns, resultTable } from './result-columns.ts'

/** Who exports, and where. */
export interface Exporter {
  project: ProjectScope
  actor: Actor
}

interface Reading extends Exporter {
  deps: Deps
  /** Aborted when nobody takes the rows any more. */
  signal: AbortSignal
}

interface Source {
  columns: readonly ColumnHead[]
  /** Fails for filters that are not the resource's own. */
  open(reading: Reading, filters: Readonly<Record<string, unknown>>): Table
}

const AUDIT_PAGE = 1_000

/** Every table that can be exported: the same lists as the pages, by the same filters. */
export const exportTables: Readonly<Record<ExportResource, Source>> = {
  flags: source('flags', flagColumns, async function* ({ deps, project, actor }, { view = 'all', ...filter }) {
    const listed = await listFlagSummaries(deps.db, project.id, { archived: view === 'archived' })
    const usage = new Map((await listUsage(deps, project.id)).map((one) => [one.flag, one]))
    const context = { environments: await createEnvironmentsStore(deps.db).list(project.id), me: actor.name, usage, now: deps.now() }
    yield listed.filter((flag) => isFlagInView(flag, view, context) && isFlagFound(flag, filter, usage)).map((flag) => ({ flag, usage: usage.get(flag.key) }))
  }),
  changes: source('changes', changeColumns, async function* ({ deps, project, actor }, { view, q = '', environment, ...filter }) {
    const listed = await listChanges(deps, project, actor, { ...filter, ...(environment === undefined ? {} : { environment }) })
    yield listed.filter((change) => (view === undefined || isChangeInView(change, view)) && isChangeFound(change, q, environment))
  }),
  cohorts: source('cohorts', cohortColumns, async function* ({ deps, project }) { yield await listCohorts(deps.db, project.id) }),
  metrics: source('metrics', metricColumns, async function* ({ deps, project }) {
    yield (await createMetricsStore(deps.db).list(project.id)).map((metric) => ({ metric, reason: null }))
  }),
  'metric-revisions': source('metric-revisions', metricRevisionColumns, async function* ({ deps, project }, { metric }) {
    const revisions = await metricRevisions(deps.db, project.id, metric)
    if (metric !== undefined && revisions.length === 0) throw new AppError('not_found', `There is no metric with the key ${metric}.`)
    yield revisions
  }),
  hypotheses: source('hypotheses', hypothesisColumns, async function* ({ deps, project }) { yield await createHypothesesStore(deps.db).list(project.id) }),
  experiments: source('experiments', experimentColumns, async function* ({ deps, project }, { view = 'all' }) {
    yield (await createExperimentsStore(deps.db).list(project.id)).map(({ summary }) => summary).filter((summary) => isExperimentInView(summary, view))
  }),
  results: source('results', resultColumns, async function* ({ deps, project, signal }, filter) {
    for await (const phase of phasesOf(deps, project.id, filter, signal)) yield resultTable(phase)
  }),
  daily: source('daily', dailyColumns, async function* ({ deps, project, signal }, filter) {
    for await (const phase of phasesOf(deps, project.id, filter, signal)) yield dailyTable(phase)
  }),
  exposures: source('exposures', exposureColumns, async function* ({ deps, project, signal }, { experiment }) {
    yield* createExportsStore(deps.events).exposures(await startedPhase(deps, project.id, experiment), signal)
  }),
  events: source('events', eventColumns, async function* ({ deps, project, signal }, { experiment }) {
    yield* createExportsStore(deps.events).events(await startedPhase(deps, project.id, experiment), signal)
  }),
  learnings: source('learnings', learningColumns, async function* ({ deps, project }, { wrong, contradicted, ...filter }) {
    yield (await listLearnings(deps, project.id, { ...filter, wrong: wrong !== undefined, contradicted: contradicted !== undefined })).learnings
  }),
  tasks: source('tasks', taskColumns, async function* ({ deps, project }, { assignee, ...filter }) {
    yield (await createTasksStore(deps.db).list(project.id, filter)).filter((task) => assignee === undefined || task.assignee === assignee)
  }),
  layers: source('layers', layerColumns, async function* ({ deps, project }) {
    yield layerTable(await createLayersStore(deps.db).layers(project.id))
  }),
  holdouts: source('holdouts', holdoutColumns, async function* ({ deps, project }) { yield await createLayersStore(deps.db).holdouts(project.id) }),
  audit: source('audit', auditColumns, async function* ({ deps, project, signal }, filter) {
    const store = createAuditStore(deps.db)
    let before: number | undefined
    do {
      signal.throwIfAborted()
      const entries = await store.list(project.id, { ...filter, before, limit: AUDIT_PAGE })
      yield entries
      before = entries.length < AUDIT_PAGE ? undefined : entries.at(-1)?.seq
    } while (before !== undefined)
  }),
  keys: source('keys', keyColumns, async function* ({ deps, project }) { yield await createKeysStore(deps.db).list(project.id, deps.now()) }),
  members: source('members', memberColumns, async function* ({ deps, project }) { yield await createAccountsStore(deps.db).members(project.id) }),
}

type Filters<R extends ExportResource> = z.output<(typeof exportResources)[R]['filters']>

function source<R extends ExportResource, Row>(resource: R, columns: readonly Column<Row>[], pages: (reading: Reading, filters: Filters<R>) => AsyncIterable<readonly Row[]>): Source {
  return {
    columns,
    open(reading, filters) {
      const parsed = exportResources[resource].filters.safeParse(filters)
      if (!parsed.success) throw invalidRequest(issuesOf(parsed.error.issues))
      // The schema of the resource made them.
      return tabulate(columns, pages(reading, parsed.data as Filters<R>))
    },
  }
}

async function startedPhase(deps: Deps, projectId: string, experiment: string): Promise<ExportedPhase> {
  const phase = await findPhase(deps.db, projectId, experiment)
  if (!phase) throw new AppError('not_found', `There is no experiment ${experiment} that has started.`)
  return phase
}
