import type { ExportRun } from '../contract/export-schedules.ts'
import { exportResources } from '../contract/exports.ts'
import { keyOfName } from '../contract/key-of-name.ts'
import { allows } from '../contract/roles.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { createProjectsStore } from '../projects/projects.store.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import type { Cells, Table } from './columns.ts'
import { deliverToBucket } from './deliver-to-bucket.service.ts'
import { deliverToFolder } from './deliver-to-folder.service.ts'
import { deliverToWebhook } from './deliver-to-webhook.service.ts'
import { type Delivered, DeliveryFailure, type OutgoingFile } from './delivery.ts'
import { fileFormats, headOf } from './formats.ts'
import { nextRun, retryAt } from './next-run.ts'
import { createSchedulesStore, type ScheduleRecord } from './schedules.store.ts'
import { type Exporter, exportTables } from './tables.service.ts'

/** A run that a stopped process left half-way begins anew, this often. */
const MOST_ATTEMPTS = 5

/** Runs what is due, one after the other: a run ends before the next begins, and exports hold the memory of one. */
export async function runDueExports(deps: Deps, signal: AbortSignal): Promise<void> {
  for (const record of await createSchedulesStore(deps.db).due(deps.now())) {
    if (signal.aborted) return
    await runSchedule(deps, record, signal)
  }
}

async function runSchedule(deps: Deps, record: ScheduleRecord, signal: AbortSignal): Promise<void> {
  const store = createSchedulesStore(deps.db)
  const { schedule, nextRunAt: from } = record
  const begun = beginning(record, deps.now())
  await store.begin(schedule.id, begun)
  const outcome = begun.attempt > MOST_ATTEMPTS ? failed(new DeliveryFailure('It never came to an end: the server stopped during each try.', { again: false })) : await attempt(deps, record, begun, signal)
  // The process stops, or another has taken over: it is due still.
  if (outcome === null) return
  const now = deps.now()
  const next = nextRun(schedule, now)
  const retry = outcome.again ? retryAt(begun.attempt, now, next) : null
  const run: ExportRun = { ...begun, ...outcome.run, finishedAt: now.toISOString(), retryAt: retry?.toISOString() ?? null }
  await store.end(schedule.id, run, { from, to: retry ?? next })
  const { state, rows, bytes, location, error, attempt: nth } = run
  await commitChange(deps, record.projectId, async () => ({
    result: undefined,
    audit: [{ at: now, actor: record.by, action: state === 'done' ? 'export.sent' : 'export.not_sent', entityKind: 'export', entityKey: schedule.source.resource, after: { schedule: schedule.name, format: schedule.format, filters: schedule.source.filters, rows, bytes, location, error, attempt: nth } }],
    environments: [],
  }))
}

/** A try goes on with the run that it belongs to. */
function beginning({ schedule: { lastRun }, nextRunAt }: ScheduleRecord, now: Date): ExportRun {
  const goesOn = lastRun !== null && (lastRun.state === 'running' || lastRun.retryAt !== null)
  return {
    state: 'running', dueAt: goesOn ? lastRun.dueAt : nextRunAt.toISOString(), startedAt: now.toISOString(), finishedAt: null, attempt: goesOn ? lastRun.attempt + 1 : 1,
    rows: null, bytes: null, location: null, error: null, retryAt: null,
  }
}

interface Outcome {
  run: Pick<ExportRun, 'state' | 'rows' | 'bytes' | 'location' | 'error'>
  again: boolean
}

/** Null where the process stops. */
async function attempt(deps: Deps, record: ScheduleRecord, { dueAt }: ExportRun, signal: AbortSignal): Promise<Outcome | null> {
  const { source, format, name, id } = record.schedule
  const ended = new AbortController()
  try {
    const exporter = await exporterOf(deps, record)
    const table = exportTables[source.resource].open({ deps, ...exporter, signal: AbortSignal.any([signal, ended.signal]) }, source.filters)
    let rows = 0
    const counted: Table = { columns: table.columns, pages: counting(table.pages, (more) => { rows += more }) }
    const { extension, mediaType, write } = fileFormats[format]
    const at = dueAt.replace(/[-:]|\.\d+/g, '')
    const file = { name: `${keyOfName(name) || source.resource}-${id.slice(-6)}-${at}.${extension}`, mediaType, pieces: write(counted, headOf(source.resource, exporter, source.filters, deps.now())) }
    const { bytes, location } = await deliver(deps, record, file, `${id}-${at}`, signal)
    return { run: { state: 'done', rows, bytes, location, error: null }, again: false }
  } catch (error) {
    if (signal.aborted) return null
    if (!(error instanceof DeliveryFailure) && !(error instanceof AppError)) deps.log.error({ err: error, schedule: id }, 'A scheduled export failed')
    return failed(error)
  } finally {
    ended.abort()
  }
}

/** With the rights that its person has now. */
async function exporterOf(deps: Deps, { by, projectKey, schedule }: ScheduleRecord): Promise<Exporter> {
  const project = await createProjectsStore(deps.db).scopeFor(by.id, projectKey)
  const { route, title } = exportResources[schedule.source.resource]
  if (!project || !allows(project.role, route.access) || !allows(project.role, 'export.schedule')) {
    throw new DeliveryFailure(`It runs in the name of ${by.name}, who may not export ${title.toLowerCase()} any more. Somebody who may has to save it.`, { again: false })
  }
  return { project, actor: by }
}

function deliver(deps: Deps, { schedule, projectKey, secret }: ScheduleRecord, file: OutgoingFile, id: string, signal: AbortSignal): Promise<Delivered> {
  const { config } = deps
  const { destination, source } = schedule
  switch (destination.kind) {
    case 'folder':
      if (config.exportDir === null) throw new DeliveryFailure('The server has no folder for exports any more: whoever runs it sets ASSAY_EXPORT_DIR.', { again: false })
      return deliverToFolder(config.exportDir, projectKey, destination.folder, file, signal)
    case 's3':
      return deliverToBucket(config, destination, file, signal)
    case 'webhook':
      return deliverToWebhook(config, { url: destination.url, secret: secret ?? '', id, table: source.resource }, file, deps.now, signal)
  }
}

async function* counting(pages: Table['pages'], count: (rows: number) => void): AsyncGenerator<readonly Cells[]> {
  for await (const page of pages) {
    count(page.length)
    yield page
  }
}

function failed(error: unknown): Outcome {
  const known = error instanceof DeliveryFailure || error instanceof AppError
  const message = known ? error.message : 'Something went wrong on the server. Its log says what.'
  return { run: { state: 'failed', rows: null, bytes: null, location: null, error: message }, again: !(error instanceof DeliveryFailure) || error.again }
}
