import { columnsOf } from './columns.ts'

export interface ExposureExportRow {
  unit: string
  person: string
  variant: string
  firstExposureAt: string
  /** Separated by blanks. */
  metArms: string
  /** 1: the plan's bot condition drops the unit. */
  bot: number
  /** JSON text. */
  attributes: string
}

export const exposureColumns = columnsOf<ExposureExportRow>(
  ['unit', 'text', (row) => row.unit],
  ['person', 'text', (row) => row.person],
  ['variant', 'text', (row) => row.variant],
  ['firstExposureAt', 'instant', (row) => row.firstExposureAt],
  ['metArms', 'text', (row) => row.metArms],
  ['bot', 'boolean', (row) => Number(row.bot) === 1],
  ['attributes', 'json', (row) => row.attributes],
)

export interface EventExportRow {
  id: string
  at: string
  event: string
  unit: string
  person: string
  variant: string
  value: number | null
  firstExposureAt: string
  /** Keys of metrics, separated by blanks. */
  countsFor: string
  source: string
  /** JSON text. */
  properties: string
}

export const eventColumns = columnsOf<EventExportRow>(
  ['id', 'text', (row) => row.id],
  ['at', 'instant', (row) => row.at],
  ['event', 'text', (row) => row.event],
  ['unit', 'text', (row) => row.unit],
  ['person', 'text', (row) => row.person],
  ['variant', 'text', (row) => row.variant],
  ['value', 'number', (row) => row.value],
  ['firstExposureAt', 'instant', (row) => row.firstExposureAt],
  ['countsFor', 'text', (row) => row.countsFor],
  ['source', 'text', (row) => row.source],
  ['properties', 'json', (row) => row.properties],
)
