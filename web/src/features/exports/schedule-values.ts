import { exportResources, type ExportDestination, type ExportFormat, type ExportResource, type ExportSchedule, type ExportSetup } from '@assay/server/contract'

/** What the form holds: every kind of destination at once, so that switching loses nothing. */
export interface ScheduleValues {
  name: string
  resource: ExportResource
  filters: Record<string, string>
  experiment: string
  format: ExportFormat
  every: ExportSetup['every']
  hour: string
  kind: ExportDestination['kind']
  folder: string
  endpoint: string
  region: string
  bucket: string
  prefix: string
  style: 'path' | 'host'
  url: string
  enabled: boolean
}

/** Whether a table is of one experiment: required for raw rows. */
export function needsExperiment(resource: ExportResource): boolean {
  return resource === 'exposures' || resource === 'events'
}

export function isResource(value: string | null | undefined): value is ExportResource {
  return value !== null && value !== undefined && Object.hasOwn(exportResources, value)
}

export function newValues(resource: ExportResource, { experiment = '', ...filters }: Record<string, string>): ScheduleValues {
  return { name: '', resource, filters, experiment, format: 'csv', every: 'day', hour: '3', kind: 'folder', folder: '', endpoint: '', region: 'eu-central-1', bucket: '', prefix: '', style: 'host', url: '', enabled: true }
}

export function valuesOf({ name, source, format, every, hour, destination, enabled }: ExportSchedule): ScheduleValues {
  const values = { ...newValues(source.resource, source.filters), name, format, every, hour: String(hour), enabled, kind: destination.kind }
  return destination.kind === 's3' ? { ...values, ...destination, endpoint: destination.endpoint ?? '' } : { ...values, ...destination }
}

export function setupOf(values: ScheduleValues): ExportSetup {
  const { name, resource, filters, experiment, format, every, hour, enabled } = values
  return { name, source: { resource, filters: { ...filters, ...(experiment === '' ? {} : { experiment }) } }, format, every, hour: Number(hour), destination: destinationOf(values), enabled }
}

function destinationOf({ kind, folder, endpoint, region, bucket, prefix, style, url }: ScheduleValues): ExportDestination {
  switch (kind) {
    case 'folder':
      return { kind, folder: folder.trim() }
    case 's3':
      return { kind, endpoint: endpoint.trim() === '' ? null : endpoint.trim(), region: region.trim(), bucket: bucket.trim(), prefix: prefix.trim(), style }
    case 'webhook':
      return { kind, url: url.trim() }
  }
}

/** Which field of the form an issue of the server is about: `setup.destination.bucket` is `bucket`. */
export function fieldOf(path: string): string {
  const parts = path.split('.')
  return parts.at(-1) ?? path
}
