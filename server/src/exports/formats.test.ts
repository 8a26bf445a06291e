import { parse } from 'csv-parse/sync'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { exportFormats, type ExportFormat } from '../contract/exports.ts'
import { columnsOf, jsonCell, tabulate } from './columns.ts'
import { fileFormats, headOf } from './formats.ts'

interface Row {
  name: string
  size: number | null
  count: number | null
  on: boolean | null
  at: string | null
  gone: string | null
  more: unknown
}

const columns = columnsOf<Row>(
  ['name', 'text', (row) => row.name],
  ['size', 'number', (row) => row.size],
  ['count', 'integer', (row) => row.count],
  ['on', 'boolean', (row) => row.on],
  ['at', 'instant', (row) => row.at],
  ['gone', 'day', (row) => row.gone],
  ['more', 'json', (row) => jsonCell(row.more)],
)

const rows: Row[] = [
  { name: 'Zoë, "the" one\nand only', size: -1.25e-7, count: 9_007_199_254_740_991, on: true, at: '2026-11-25T04:00:00.123Z', gone: '2027-03-31', more: { b: [1, null], a: 'x' } },
  { name: '=1+1', size: 0.1 + 0.2, count: -5, on: false, at: '1969-12-31T23:59:59.999Z', gone: '1969-12-31', more: 'text' },
  { name: '', size: null, count: null, on: null, at: null, gone: null, more: null },
]
const head = headOf('test', { project: { key: 'shop' } }, { q: 'a' }, new Date('2026-11-25T04:00:00.000Z'))

async function* pagesOf(...pages: Row[][]): AsyncGenerator<Row[]> {
  yield* pages
}

async function file(format: ExportFormat, ...pages: Row[][]): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of fileFormats[format].write(tabulate(columns, pagesOf(...pages)), head)) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}
const bufferOf = (bytes: Buffer) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer

test('CSV has every digit, and defuses what a spreadsheet would run', async () => {
  expect(parse(await file('csv', rows.slice(0, 1), rows.slice(1)), { columns: true })).toEqual([
    { name: rows[0]?.name, size: '-1.25e-7', count: '9007199254740991', on: 'true', at: '2026-11-25T04:00:00.123Z', gone: '2027-03-31', more: '{"a":"x","b":[1,null]}' },
    { name: "'=1+1", size: '0.30000000000000004', count: '-5', on: 'false', at: '1969-12-31T23:59:59.999Z', gone: '1969-12-31', more: '"text"' },
    { name: '', size: '', count: '', on: '', at: '', gone: '', more: 'null' },
  ])
})

test.each(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])('a text that begins with %j is defused in CSV alone', async (sign) => {
  const row = { ...(rows[2] ?? never()), name: `${sign}cmd` }
  expect(parse(await file('csv', [row]), { columns: true })).toMatchObject([{ name: `'${sign}cmd` }])
  expect(JSON.parse((await file('ndjson', [row])).toString())).toMatchObject({ name: `${sign}cmd` })
})

test('JSON is one document that says what it is, NDJSON a row per line; both have JSON values as they are', async () => {
  const { rows: written, ...said } = JSON.parse((await file('json', rows.slice(0, 2), rows.slice(2))).toString()) as { rows: unknown }
  expect(said).toEqual(head)
  expect(written).toEqual(rows)
  const lines = (await file('ndjson', rows.slice(0, 2), rows.slice(2))).toString().split('\n')
  expect(lines.pop()).toBe('')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows)
})

test('Parquet has columns of real types, read back as they were', async () => {
  const buffer = bufferOf(await file('parquet', rows.slice(0, 1), rows.slice(1)))
  const read = await parquetReadObjects({ file: buffer })
  expect(read).toEqual([
    { name: rows[0]?.name, size: -1.25e-7, count: 9_007_199_254_740_991n, on: true, at: new Date('2026-11-25T04:00:00.123Z'), gone: new Date('2027-03-31'), more: '{"a":"x","b":[1,null]}' },
    { name: '=1+1', size: 0.1 + 0.2, count: -5n, on: false, at: new Date('1969-12-31T23:59:59.999Z'), gone: new Date('1969-12-31'), more: '"text"' },
    { name: '', size: null, count: null, on: null, at: null, gone: null, more: 'null' },
  ])
  const { schema, key_value_metadata: about } = parquetMetadata(buffer)
  expect(schema.slice(1).map(({ name, type, converted_type: converted, repetition_type: repeated }) => [name, type, converted, repeated])).toEqual([
    ['name', 'BYTE_ARRAY', 'UTF8', 'OPTIONAL'], ['size', 'DOUBLE', undefined, 'OPTIONAL'], ['count', 'INT64', undefined, 'OPTIONAL'], ['on', 'BOOLEAN', undefined, 'OPTIONAL'],
    ['at', 'INT64', 'TIMESTAMP_MILLIS', 'OPTIONAL'], ['gone', 'INT32', 'DATE', 'OPTIONAL'], ['more', 'BYTE_ARRAY', 'UTF8', 'OPTIONAL'],
  ])
  expect(about).toContainEqual({ key: 'filters', value: '{"q":"a"}' })
})

test('Parquet is written group by group, whatever the pages, and keeps the order', async () => {
  const many = Array.from({ length: 45_000 }, (_, index) => ({ ...(rows[0] ?? never()), count: index }))
  const buffer = bufferOf(await file('parquet', many.slice(0, 7), many.slice(7, 30_000), [], many.slice(30_000)))
  expect(parquetMetadata(buffer).row_groups.map((group) => Number(group.num_rows))).toEqual([10_000, 10_000, 10_000, 10_000, 5_000])
  expect((await parquetReadObjects({ file: buffer, columns: ['count'] })).map((row) => Number(row['count']))).toEqual(many.map(({ count }) => count))
})

test.each(exportFormats)('a table without rows is a whole %s file', async (format) => {
  const empty = await file(format)
  const found = {
    csv: () => parse(empty, { columns: true }) as unknown,
    json: () => (JSON.parse(empty.toString()) as { rows: unknown }).rows,
    ndjson: () => empty.toString().split('\n').slice(1),
    parquet: () => parquetReadObjects({ file: bufferOf(empty) }),
  }[format]
  expect(await found()).toEqual([])
})

test.each(exportFormats)('a page is read once the one before was taken: %s', async (format) => {
  let asked = 0
  async function* counted(): AsyncGenerator<Row[]> {
    for (; asked < 100; asked++) yield Array.from({ length: 20_000 }, () => rows[0] ?? never())
  }
  const pieces = fileFormats[format].write(tabulate(columns, counted()), head)[Symbol.asyncIterator]()
  for (let i = 0; i < 3; i++) await pieces.next()
  expect(asked).toBeLessThanOrEqual(3)
  await pieces.return?.()
})

function never(): never {
  throw new Error('There is such a row.')
}
