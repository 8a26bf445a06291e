import type { SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Cell, Cells, ColumnType, Table } from './columns.ts'

/** Rows of a row group: what is held in memory, and what a reader can skip. */
const GROUP_ROWS = 10_000

interface Storage {
  element: Omit<SchemaElement, 'name' | 'repetition_type'>
  /** The cell as the writer takes it. */
  store: (cell: Exclude<Cell, null>) => unknown
}

const asIs = (cell: Cell) => cell
const text: Storage = { element: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, store: String }

const storage: Readonly<Record<ColumnType, Storage>> = {
  text,
  json: text,
  number: { element: { type: 'DOUBLE' }, store: asIs },
  integer: { element: { type: 'INT64' }, store: (cell) => BigInt(cell) },
  boolean: { element: { type: 'BOOLEAN' }, store: asIs },
  instant: { element: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }, store: (cell) => new Date(String(cell)) },
  day: { element: { type: 'INT32', converted_type: 'DATE' }, store: (cell) => new Date(`${String(cell)}T00:00:00Z`) },
}

/** Apache Parquet, one row group after the other. Every column may be null. */
export async function* writeParquet({ columns, pages }: Table, about: Readonly<Record<string, string>> = {}): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter()
  const schema: SchemaElement[] = [{ name: 'root', num_children: columns.length }, ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...storage[type].element }))]
  const parquet = new ParquetWriter({ writer: out, schema, createdBy: 'Assay', kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })) })

  function write(rows: readonly Cells[]): Uint8Array {
    const columnData = columns.map(({ name, type }, index) => ({
      name,
      data: rows.map((row) => {
        const cell = row[index] ?? null
        return cell === null ? null : storage[type].store(cell)
      }),
    }))
    void parquet.write({ columnData, rowGroupSize: GROUP_ROWS })
    return taken(out)
  }

  let waiting: Cells[] = []
  for await (const rows of pages) {
    // Pages are long; rows that wait are few or fill a group together.
    waiting = waiting.length === 0 ? [...rows] : waiting.concat(rows)
    while (waiting.length >= GROUP_ROWS) yield write(waiting.splice(0, GROUP_ROWS))
  }
  if (waiting.length > 0) yield write(waiting)
  void parquet.finish()
  yield taken(out)
}

/** What was written since the last time; offsets in the file count on. */
function taken(out: ByteWriter): Uint8Array {
  const bytes = out.getBytes().slice()
  out.index = 0
  return bytes
}
