import type { ExportFormat } from '../contract/exports.ts'
import type { Table } from './columns.ts'
import { writeCsv } from './write-csv.ts'
import { type DocumentHead, writeJson, writeNdjson } from './write-json.ts'
import { writeParquet } from './write-parquet.ts'

/** Raised where readers would break: a column is renamed, removed, or means something else. */
const FORMAT_VERSION = 1

export function headOf(table: string, { project }: { project: { key: string } }, filters: DocumentHead['filters'], at: Date): DocumentHead {
  return { format: 'assay.table', formatVersion: FORMAT_VERSION, table, exportedAt: at.toISOString(), project: project.key, filters }
}

export interface FileFormat {
  extension: string
  mediaType: string
  /** The file in pieces. The next page is read once the pieces of the one before were taken. */
  write: (table: Table, head: DocumentHead) => AsyncIterable<string | Uint8Array>
}

export const fileFormats: Readonly<Record<ExportFormat, FileFormat>> = {
  csv: { extension: 'csv', mediaType: 'text/csv; charset=utf-8', write: (table) => writeCsv(table) },
  json: { extension: 'json', mediaType: 'application/json; charset=utf-8', write: writeJson },
  ndjson: { extension: 'ndjson', mediaType: 'application/x-ndjson; charset=utf-8', write: (table) => writeNdjson(table) },
  parquet: {
    extension: 'parquet',
    mediaType: 'application/vnd.apache.parquet',
    write: (table, { filters, formatVersion, ...head }) => writeParquet(table, { ...head, formatVersion: String(formatVersion), filters: JSON.stringify(filters) }),
  },
}
