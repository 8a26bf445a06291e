import { canonicalJson } from '../contract/canonical-json.ts'

/**
 * What a column holds. `instant`: ISO 8601 in UTC. `day`: `2027-03-31`. `json`: the text of a JSON value, which JSON and
 * NDJSON have as the value itself.
 */
export type ColumnType = 'text' | 'number' | 'integer' | 'boolean' | 'instant' | 'day' | 'json'

/** Null is unknown, or does not apply. */
export type Cell = string | number | boolean | null
export type Cells = readonly Cell[]

/** Names are kept for ever: analysts build on them. docs/exports.md lists them all. */
export interface ColumnHead {
  name: string
  type: ColumnType
}

export interface Column<Row> extends ColumnHead {
  of: (row: Row) => Cell
}

/** A table being read: rows in pages, each with a cell per column. The next page is read once the one before was taken. */
export interface Table {
  columns: readonly ColumnHead[]
  pages: AsyncIterable<readonly Cells[]>
}

type Value = string | number | boolean | null | undefined

/** Columns of a kind of row, in the order that files have them: `[name, type, what it is of a row]`. */
export function columnsOf<Row>(...columns: readonly (readonly [name: string, type: ColumnType, of: (row: Row) => Value])[]): readonly Column<Row>[] {
  return columns.map(([name, type, of]) => ({ name, type, of: (row) => cellOf(of(row)) }))
}

/** A value as the text of a `json` column. */
export function jsonCell(value: unknown): string {
  return canonicalJson(value)
}

function cellOf(value: Value): Cell {
  return value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? null : value
}

/** Rows as cells. */
export function tabulate<Row>(columns: readonly Column<Row>[], pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>): Table {
  async function* cells(): AsyncGenerator<readonly Cells[]> {
    for await (const rows of pages) yield rows.map((row) => columns.map(({ of }) => of(row)))
  }
  return { columns, pages: cells() }
}
