import * as z from 'zod/mini'
import { exportFormats, exportResourceNames } from './exports.ts'
import { httpUrl, instant, revision, title } from './fields.ts'
import { defineRoutes } from './route.ts'

/** What is exported: the filters are those of the resource's own address. */
export const exportSource = z.strictObject({ resource: z.enum(exportResourceNames), filters: z.record(z.string(), z.string()) })
export type ExportSource = z.infer<typeof exportSource>

const part = /^(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)*$/
const path = z.string().check(z.trim(), z.maxLength(300), z.refine((value) => value === '' || part.test(value), 'Use letters, digits, dots, dashes and underscores, with / between folders.'))

/** Where files go. Credentials of a bucket are the server's; a webhook's secret is made when it is set up, and shown once. */
export const exportDestination = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), /** Below the project's folder in the root that the server is configured with; empty is that folder itself. */ folder: path }),
  z.strictObject({
    kind: z.literal('s3'),
    /** Null is Amazon's own. */
    endpoint: z.nullable(httpUrl),
    region: z.string().check(z.trim(), z.regex(/^[a-z0-9-]{1,50}$/, 'Give a region, such as eu-central-1.')),
    bucket: z.string().check(z.trim(), z.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'Give the name of a bucket: 3 to 63 lower-case letters, digits, dots or dashes.')),
    prefix: path,
    /** The bucket in the path (`host/bucket/...`) or in the host (`bucket.host/...`). */
    style: z.enum(['path', 'host']),
  }),
  z.strictObject({ kind: z.literal('webhook'), url: httpUrl }),
])
export type ExportDestination = z.infer<typeof exportDestination>

export const exportEvery = z.enum(['hour', 'day', 'week'])

const setup = {
  name: title,
  source: exportSource,
  format: z.enum(exportFormats),
  every: exportEvery,
  /** Hour of the day in UTC, for `day` and `week` (on Mondays). */
  hour: z.int().check(z.gte(0), z.lte(23)),
  destination: exportDestination,
  enabled: z.boolean(),
}
export const exportSetup = z.strictObject(setup)
export type ExportSetup = z.infer<typeof exportSetup>

/** One run of a schedule, tries included. */
export const exportRun = z.object({
  state: z.enum(['running', 'done', 'failed']),
  /** When it was due: the same for every try. */
  dueAt: instant,
  startedAt: instant,
  finishedAt: z.nullable(instant),
  attempt: z.int(),
  rows: z.nullable(z.int()),
  bytes: z.nullable(z.int()),
  /** Where the file is now. */
  location: z.nullable(z.string()),
  error: z.nullable(z.string()),
  /** When it is tried again; null where it is not. */
  retryAt: z.nullable(instant),
})
export type ExportRun = z.infer<typeof exportRun>

export const exportSchedule = z.object({
  id: z.string(),
  ...setup,
  revision,
  /** In whose name it runs: whoever saved it last. It stops when they may no longer export this. */
  runsAs: z.string(),
  createdAt: instant,
  createdBy: z.string(),
  /** Null while it is off. */
  nextRunAt: z.nullable(instant),
  lastRun: z.nullable(exportRun),
})
export type ExportSchedule = z.infer<typeof exportSchedule>

/** `secret` only where a webhook was set up just now. */
const saved = z.object({ schedule: exportSchedule, secret: z.nullable(z.string()) })
const schedules = '/api/v1/projects/:project/export-schedules'

export const exportScheduleRoutes = defineRoutes({
  listExportSchedules: {
    method: 'GET', path: schedules, summary: 'Scheduled exports with their last run, and the destinations that the server is configured for', access: 'export.schedule',
    response: z.object({ schedules: z.array(exportSchedule), destinations: z.object({ folder: z.boolean(), s3: z.boolean() }) }),
  },
  createExportSchedule: { method: 'POST', path: schedules, summary: 'Export at set times; the secret of a webhook is in this response only', access: 'export.schedule', body: exportSetup, response: saved, status: 201 },
  saveExportSchedule: { method: 'PUT', path: `${schedules}/:schedule`, summary: 'Change a scheduled export; from now on it runs in your name', access: 'export.schedule', body: z.strictObject({ basedOn: revision, setup: exportSetup }), response: saved },
  deleteExportSchedule: { method: 'DELETE', path: `${schedules}/:schedule`, summary: 'Delete a scheduled export; the files it made stay', access: 'export.schedule', status: 204 },
  runExportSchedule: { method: 'POST', path: `${schedules}/:schedule/run`, summary: 'Run a scheduled export within seconds', access: 'export.schedule', response: exportSchedule, status: 202 },
  renewExportSecret: { method: 'POST', path: `${schedules}/:schedule/secret`, summary: "Renew a webhook's secret; the old one stops at once", access: 'export.schedule', response: saved },
})
