import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { fileWriter, parquetWriteRows } from 'hyparquet-writer'
import type { Plan } from '../contract/experiments.ts'
import { type DayRow, unitColumns, type UnitRow } from './unit-row.ts'

/** Rows that are held in memory at a time. */
const GROUP_ROWS = 50_000

type Cells = Record<string, unknown>

export async function writeUnits(path: string, plan: Plan, rows: AsyncIterable<UnitRow>): Promise<void> {
  const columns = unitColumns(plan)
  await write(path, [...text('unit', 'arm'), { name: 'firstExposureAt', type: 'TIMESTAMP', nullable: false }, ...columns.map(({ name }) => ({ name, type: 'DOUBLE', nullable: true }) as const)], rows, (row) => ({
    unit: row.unit,
    arm: row.arm,
    firstExposureAt: new Date(row.firstExposureAt),
    ...Object.fromEntries(columns.map(({ name }, i) => [name, row.numbers[i] ?? null])),
  }))
}

export async function* readUnits(path: string, plan: Plan): AsyncGenerator<UnitRow> {
  const columns = unitColumns(plan)
  for await (const cells of read(path)) {
    yield { unit: asText(cells['unit']), arm: asText(cells['arm']), firstExposureAt: asTime(cells['firstExposureAt']), numbers: columns.map(({ name }) => asNumber(cells[name])) }
  }
}

export async function writeDays(path: string, rows: AsyncIterable<DayRow>): Promise<void> {
  await write(path, [...text('unit', 'arm', 'day'), { name: 'value', type: 'DOUBLE', nullable: true }, { name: 'level', type: 'DOUBLE', nullable: true }], rows, (row) => ({ ...row }))
}

export async function* readDays(path: string): AsyncGenerator<DayRow> {
  for await (const cells of read(path)) {
    yield { unit: asText(cells['unit']), arm: asText(cells['arm']), day: asText(cells['day']), value: asNumber(cells['value']), level: asNumber(cells['level']) }
  }
}

type Columns = Parameters<typeof parquetWriteRows>[0]['columns']

function text(...names: string[]): Columns {
  return names.map((name) => ({ name, type: 'STRING', nullable: false }))
}

async function write<T>(path: string, columns: Columns, rows: AsyncIterable<T>, cells: (row: T) => Cells): Promise<void> {
  async function* all(): AsyncGenerator<Cells> {
    for await (const row of rows) yield cells(row)
  }
  await parquetWriteRows({ writer: fileWriter(path), columns, rows: all(), rowGroupSize: GROUP_ROWS, createdBy: 'Assay' })
}

async function* read(path: string): AsyncGenerator<Cells> {
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  let rowStart = 0
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows)
    yield* await parquetReadObjects({ file, metadata, rowStart, rowEnd })
    rowStart = rowEnd
  }
}

function asText(value: unknown): string {
  if (typeof value !== 'string') throw new Error('A table of the bundle has not the columns of its plan: a text is missing.')
  return value
}

function asTime(value: unknown): number {
  if (!(value instanceof Date)) throw new Error('A table of the bundle has not the columns of its plan: a time is missing.')
  return value.getTime()
}

function asNumber(value: unknown): number | null {
  if (value === null || typeof value === 'number') return value
  throw new Error('A table of the bundle has not the columns of its plan: a number is missing.')
}
