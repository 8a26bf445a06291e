import { exportResources, formatWords, type ExportDestination, type ExportSchedule } from '@assay/server/contract'
import { plural } from '../../ui/format.ts'

export function everyWords({ every, hour }: Pick<ExportSchedule, 'every' | 'hour'>): string {
  if (every === 'hour') return 'Every hour'
  return `${every === 'day' ? 'Every day' : 'Mondays'} at ${String(hour).padStart(2, '0')}:00 UTC`
}

export function destinationWords(destination: ExportDestination): { kind: string; place: string } {
  switch (destination.kind) {
    case 'folder':
      return { kind: 'Folder', place: destination.folder === '' ? 'The project’s folder' : destination.folder }
    case 's3':
      return { kind: 'Bucket', place: `${destination.bucket}${destination.prefix === '' ? '' : `/${destination.prefix}`}` }
    case 'webhook':
      return { kind: 'Webhook', place: new URL(destination.url).host }
  }
}

export function sourceWords({ source, format }: Pick<ExportSchedule, 'source' | 'format'>): string {
  const filters = Object.entries(source.filters).map(([name, value]) => `${name} ${value}`)
  return [exportResources[source.resource].title, ...filters, formatWords[format].name].join(', ')
}

/** `1.4 MB` */
export function sizeWords(bytes: number): string {
  const [size, unit] = bytes < 1_000 ? [bytes, 'B'] : bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : bytes < 1_000_000_000 ? [bytes / 1_000_000, 'MB'] : [bytes / 1_000_000_000, 'GB']
  return `${size < 10 && unit !== 'B' ? size.toFixed(1) : Math.round(size)} ${unit}`
}

/** What came of a run: `2 rows, 1.4 kB in 3 s`. */
export function runWords({ rows, bytes, startedAt, finishedAt }: NonNullable<ExportSchedule['lastRun']>): string {
  const seconds = finishedAt === null ? 0 : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000
  const took = seconds < 1 ? 'under a second' : seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
  return `${plural(rows ?? 0, 'row')}, ${sizeWords(bytes ?? 0)} in ${took}`
}
