import { randomBytes } from 'node:crypto'
import { assertBasedOnAudited } from '../audit/audited-revision.service.ts'
import type { ExportSchedule, ExportSetup } from '../contract/export-schedules.ts'
import { exportResources } from '../contract/exports.ts'
import type { RequestIssue } from '../contract/errors.ts'
import { allows } from '../contract/roles.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { isUuid } from '../http/is-uuid.ts'
import { type Actor, invalidRequest, issuesOf, type ProjectScope } from '../http/register.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { type AuditDraft, commitChange } from '../rulesets/commit-change.service.ts'
import { nextRun } from './next-run.ts'
import { createSchedulesStore, type ScheduleRecord } from './schedules.store.ts'
import { webhookSecret } from './webhook-signature.ts'

/** `secret` only where one was made just now. */
export interface SavedSchedule {
  schedule: ExportSchedule
  secret: string | null
}

const SECRET_BYTES = 32

export async function createSchedule(deps: Deps, project: ProjectScope, actor: Actor, setup: ExportSetup): Promise<SavedSchedule> {
  assertPossible(deps, project, setup)
  const secret = setup.destination.kind === 'webhook' ? newSecret() : null
  return commitChange(deps, project.id, async (tx) => {
    const store = createSchedulesStore(tx)
    await assertFreeName(tx, project.id, setup.name, null)
    const { schedule } = await store.insert(project.id, setup, actor, secret, nextRun(setup, deps.now()), deps.now())
    return { result: { schedule, secret }, audit: [entry(deps, actor, 'export_schedule.created', setup.name, { after: setup })], environments: [] }
  })
}

export async function saveSchedule(deps: Deps, project: ProjectScope, actor: Actor, id: string, basedOn: number, setup: ExportSetup): Promise<SavedSchedule> {
  assertPossible(deps, project, setup, 'setup.')
  return commitChange(deps, project.id, async (tx) => {
    const store = createSchedulesStore(tx)
    const record = await findSchedule(tx, project.id, id)
    const before = setupIn(record.schedule)
    await assertBasedOnAudited(tx, project.id, { kind: 'export_schedule', key: record.schedule.name }, record.schedule, basedOn, setup, record.schedule.name)
    await assertFreeName(tx, project.id, setup.name, id)
    // Who receives at another address never learns what the one before was told.
    const keeps = setup.destination.kind === 'webhook' && before.destination.kind === 'webhook' && before.destination.url === setup.destination.url
    const made = setup.destination.kind === 'webhook' && !keeps ? newSecret() : null
    const { schedule } = await store.update(id, setup, actor, made ?? (keeps ? record.secret : null), nextRun(setup, deps.now()))
    return { result: { schedule, secret: made }, audit: [entry(deps, actor, 'export_schedule.changed', setup.name, { before, after: setup })], environments: [] }
  })
}

export async function deleteSchedule(deps: Deps, project: ProjectScope, actor: Actor, id: string): Promise<void> {
  await commitChange(deps, project.id, async (tx) => {
    const { schedule } = await findSchedule(tx, project.id, id)
    await createSchedulesStore(tx).remove(id)
    return { result: undefined, audit: [entry(deps, actor, 'export_schedule.deleted', schedule.name, { before: setupIn(schedule) })], environments: [] }
  })
}

/** Makes it due: the job takes it within seconds, as it takes every other. */
export async function runScheduleNow(deps: Deps, project: ProjectScope, actor: Actor, id: string): Promise<ExportSchedule> {
  return commitChange(deps, project.id, async (tx) => {
    const { schedule } = await findSchedule(tx, project.id, id)
    if (!schedule.enabled) throw new AppError('wrong_state', `${schedule.name} is off. Turn it on first.`)
    if (schedule.lastRun?.state === 'running') throw new AppError('wrong_state', `${schedule.name} is running already.`)
    // Tries of the run before end here: this is another.
    const { schedule: due } = await createSchedulesStore(tx).makeDue(id, deps.now(), schedule.lastRun && { ...schedule.lastRun, retryAt: null })
    return { result: due, audit: [entry(deps, actor, 'export_schedule.run', schedule.name, {})], environments: [] }
  })
}

export async function renewSecret(deps: Deps, project: ProjectScope, actor: Actor, id: string): Promise<SavedSchedule> {
  const secret = newSecret()
  return commitChange(deps, project.id, async (tx) => {
    const record = await findSchedule(tx, project.id, id)
    if (record.schedule.destination.kind !== 'webhook') throw new AppError('wrong_state', `${record.schedule.name} is not sent to a webhook: it has no secret.`)
    const { schedule } = await createSchedulesStore(tx).update(id, setupIn(record.schedule), record.by, secret, record.nextRunAt)
    return { result: { schedule, secret }, audit: [entry(deps, actor, 'export_schedule.secret_renewed', schedule.name, {})], environments: [] }
  })
}

function newSecret(): string {
  return webhookSecret(randomBytes(SECRET_BYTES))
}

async function findSchedule(db: Database | Tx, projectId: string, id: string): Promise<ScheduleRecord> {
  const record = isUuid(id) ? await createSchedulesStore(db).find(projectId, id) : null
  if (!record) throw new AppError('not_found', 'This project has no such scheduled export.')
  return record
}

async function assertFreeName(db: Tx, projectId: string, name: string, own: string | null): Promise<void> {
  const taken = await createSchedulesStore(db).isNamed(projectId, name)
  if (taken !== null && taken !== own) throw new AppError('already_exists', `There is a scheduled export named ${name}.`)
}

/** What the setup alone does not tell: filters of another table, what the person may not take, and where the server cannot send to. */
function assertPossible({ config }: Deps, project: ProjectScope, { source, destination }: ExportSetup, at = ''): void {
  const { filters, route, title } = exportResources[source.resource]
  const parsed = filters.safeParse(source.filters)
  const issues: RequestIssue[] = parsed.success ? [] : issuesOf(parsed.error.issues).map(({ path, message }) => ({ path: `${at}source.filters${path === '' ? '' : `.${path}`}`, message }))
  if (destination.kind === 'folder' && config.exportDir === null) issues.push({ path: `${at}destination.folder`, message: 'The server has no folder for exports: whoever runs it sets ASSAY_EXPORT_DIR.' })
  if (destination.kind === 's3' && config.bucketCredentials === null) issues.push({ path: `${at}destination.bucket`, message: 'The server has no credentials for buckets: whoever runs it sets ASSAY_BUCKET_KEY_ID and ASSAY_BUCKET_SECRET.' })
  if (issues.length > 0) throw invalidRequest(issues)
  if (!allows(project.role, route.access)) throw new AppError('forbidden', `Your role does not allow to export ${title.toLowerCase()}.`)
}

function setupIn({ name, source, format, every, hour, destination, enabled }: ExportSchedule): ExportSetup {
  return { name, source, format, every, hour, destination, enabled }
}

function entry(deps: Deps, actor: Actor, action: string, name: string, sides: Pick<AuditDraft, 'before' | 'after'>): AuditDraft {
  return { at: deps.now(), actor, action, entityKind: 'export_schedule', entityKey: name, ...sides }
}
