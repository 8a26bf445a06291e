import { stringify } from 'csv-stringify/sync'
import type { Table } from './columns.ts'

/** Rows per piece of text: what is put together without letting anything else run. */
const PIECE = 2_000

/**
 * Comma, LF, one header row, quotes as in RFC 4180. Text that a spreadsheet would take for a formula gets a leading
 * apostrophe; numbers stay numbers.
 */
export async function* writeCsv({ columns, pages }: Table): AsyncGenerator<string> {
  const lines = (rows: readonly (readonly unknown[])[]) => stringify(rows.map((row) => [...row]), { escape_formulas: true, quoted_match: /[\r\n]/, cast: { boolean: String } })
  yield lines([columns.map(({ name }) => name)])
  for await (const rows of pages) {
    for (let from = 0; from < rows.length; from += PIECE) yield lines(rows.slice(from, from + PIECE))
  }
}
