import type { Cell, Cells, ColumnHead, Table } from './columns.ts'

const PIECE = 2_000

/** What a JSON document says about itself, before its rows. */
export interface DocumentHead {
  format: 'assay.table'
  formatVersion: number
  /** `flags`. */
  table: string
  exportedAt: string
  project: string
  filters: Readonly<Record<string, string>>
}

/** One row per line, each an object with every column. */
export async function* writeNdjson({ columns, pages }: Table): AsyncGenerator<string> {
  const object = objectWriter(columns)
  for await (const rows of pages) yield* pieces(rows, (row) => `${object(row)}\n`)
}

/** One document: the head's members, and `rows`. */
export async function* writeJson({ columns, pages }: Table, head: DocumentHead): AsyncGenerator<string> {
  const object = objectWriter(columns)
  let before = ''
  yield `${JSON.stringify(head).slice(0, -1)},"rows":[`
  for await (const rows of pages) {
    yield* pieces(rows, (row) => {
      const text = `${before}\n${object(row)}`
      before = ','
      return text
    })
  }
  yield '\n]}\n'
}

function* pieces(rows: readonly Cells[], write: (row: Cells) => string): Generator<string> {
  for (let from = 0; from < rows.length; from += PIECE) yield rows.slice(from, from + PIECE).map(write).join('')
}

/** The text of a row. JSON text is put in as it is: it was checked when it was stored. */
function objectWriter(columns: readonly ColumnHead[]): (row: Cells) => string {
  const parts = columns.map(({ name, type }, index) => ({ key: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`, isJson: type === 'json' }))
  const value = (cell: Cell, isJson: boolean) => (isJson && typeof cell === 'string' ? cell : JSON.stringify(cell))
  return (row) => `${parts.map(({ key, isJson }, index) => key + value(row[index] ?? null, isJson)).join('')}}`
}
