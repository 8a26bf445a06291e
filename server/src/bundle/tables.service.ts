import { join } from 'node:path'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { fileWriter, parquetWriteRows } from 'hyparquet-writer'
import type { Plan } from '../contract/experiments.ts'
import { type AgeRow, type DayRow, type EventValueRow, unitColumns, type UnitRow, type UnitTables } from './unit-row.ts'

/** Rows that are held in memory at a time. */
const GROUP_ROWS = 50_000

type Cells = Record<string, unknown>

export async function writeUnits(path: string, plan: Plan, rows: AsyncIterable<UnitRow>): Promise<void> {
  const columns = unitColumns(plan)
  await write(path, [...text('unit', 'arm'), { name: 'firstExposureAt', type: 'TIMESTAMP', nullable: false }, ...columns.map(({ name }) => number(name))], rows, (row) => ({
    unit: row.unit,
    arm: row.arm,
    firstExposureAt: new Date(row.firstExposureAt),
    ...Object.fromEntries(columns.map(({ name }, i) => [name, row.numbers[i] ?? null])),
  }))
}

export async function* readUnits(path: string, plan: Plan): AsyncGenerator<UnitRow> {
  const columns = unitColumns(plan)
  for await (const cells of read(path)) {
    yield { ...personOf(cells), firstExposureAt: asTime(cells['firstExposureAt']), numbers: columns.map(({ name }) => asNumber(cells[name])) }
  }
}

/** All tables of a bundle but that of people, which is written with its text. */
export async function writeEventTables(directory: string, { eventValues, days, ages }: UnitTables): Promise<void> {
  await write(path(directory, 'event-values'), [...text('unit', 'arm', 'metric'), number('value')], eventValues(), (row) => ({ ...row }))
  await write(path(directory, 'days'), [...text('unit', 'arm', 'day'), number('value'), number('level')], days(), (row) => ({ ...row }))
  await write(path(directory, 'ages'), [...text('unit', 'arm'), { name: 'age', type: 'INT32', nullable: false }, number('value')], ages(), (row) => ({ ...row }))
}

/** The tables of a bundle as they were written. */
export function tablesIn(directory: string, plan: Plan): UnitTables {
  return {
    units: () => readUnits(path(directory, 'units'), plan),
    async* eventValues() {
      for await (const cells of read(path(directory, 'event-values'))) yield { ...personOf(cells), metric: asText(cells['metric']), value: asNumber(cells['value']) } satisfies EventValueRow
    },
    async* days() {
      for await (const cells of read(path(directory, 'days'))) yield { ...personOf(cells), day: asText(cells['day']), value: asNumber(cells['value']), level: asNumber(cells['level']) } satisfies DayRow
    },
    async* ages() {
      for await (const cells of read(path(directory, 'ages'))) yield { ...personOf(cells), age: asNumber(cells['age']) ?? NaN, value: asNumber(cells['value']) } satisfies AgeRow
    },
  }
}

function path(directory: string, table: 'units' | 'event-values' | 'days' | 'ages'): string {
  return join(directory, `${table}.parquet`)
}

function personOf(cells: Cells): { unit: string; arm: string } {
  return { unit: asText(cells['unit']), arm: asText(cells['arm']) }
}

type Columns = Parameters<typeof parquetWriteRows>[0]['columns']

function text(...names: string[]): Columns {
  return names.map((name) => ({ name, type: 'STRING', nullable: false }))
}

function number(name: string): Columns[number] {
  return { name, type: 'DOUBLE', nullable: true }
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
