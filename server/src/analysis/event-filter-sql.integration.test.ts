import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PropertyFilter } from '../contract/metrics.ts'
import { type EventStore, openEventStore } from '../platform/clickhouse.ts'
import { passes, valueOf } from './event-filter-sql.store.ts'

let directory: string
let store: EventStore
const HOSTILE = `it's "a" \\ {x:String} \n\t') OR 1 --`
const rows = [
  { id: 'text', properties: { country: 'DE', price: '20', [HOSTILE]: HOSTILE } },
  { id: 'number', properties: { country: 'FR', price: 20, big: 9007199254740991 } },
  { id: 'fraction', properties: { price: 19.99, country: null, first: true } },
  { id: 'boolean', properties: { price: true, first: false, nested: { price: 20 }, list: [20] } },
  { id: 'negative', properties: { price: -5, country: '' } },
  { id: 'none', properties: {} },
]

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'assay-filter-'))
  store = await openEventStore({
    url: null, directory, database: 'filters', log: { warn: () => undefined, info: () => undefined },
    prepare: async (client) => { await client.command({ query: 'CREATE TABLE IF NOT EXISTS row (id String, value Nullable(Float64), properties String) ENGINE = MergeTree ORDER BY id' }) },
  })
  await store.client.insert({ table: 'row', values: rows.map(({ id, properties }) => ({ id, value: id === 'text' ? 7 : null, properties: JSON.stringify(properties) })), format: 'JSONEachRow' })
})
afterAll(async () => {
  await store.close()
  rmSync(directory, { recursive: true, force: true })
})

async function passing(...filter: PropertyFilter[]): Promise<string[]> {
  const { sql, params } = passes(filter, { prefix: 'a' })
  const result = await store.client.query({ query: `SELECT id FROM row WHERE ${sql}`, query_params: params, format: 'JSONEachRow' })
  const found = new Set((await result.json<{ id: string }>()).map(({ id }) => id))
  return rows.map(({ id }) => id).filter((id) => found.has(id))
}

test.each<[string, PropertyFilter, string[]]>([
  ['a text equals a text', { property: 'country', op: 'equals', values: ['DE'] }, ['text']],
  ['the empty text is a value', { property: 'country', op: 'equals', values: [''] }, ['negative']],
  ['a number equals a number and no text', { property: 'price', op: 'equals', values: [20] }, ['number']],
  ['a text of digits equals no number', { property: 'price', op: 'equals', values: ['20'] }, ['text']],
  ['a truth value equals a truth value', { property: 'first', op: 'equals', values: [false] }, ['boolean']],
  ['true is not 1', { property: 'price', op: 'equals', values: [1] }, []],
  ['the greatest whole number keeps its digits', { property: 'big', op: 'equals', values: [9007199254740991] }, ['number']],
  ['what differs must be there', { property: 'country', op: 'not_equals', values: ['DE'] }, ['number', 'negative']],
  ['another type differs', { property: 'price', op: 'not_equals', values: [20] }, ['text', 'fraction', 'boolean', 'negative']],
  ['one of several, of several types', { property: 'price', op: 'in', values: [19.99, '20', true] }, ['text', 'fraction', 'boolean']],
  ['greater compares numbers', { property: 'price', op: 'gt', values: [19.99] }, ['number']],
  ['at least compares numbers', { property: 'price', op: 'gte', values: [19.99] }, ['number', 'fraction']],
  ['less compares numbers', { property: 'price', op: 'lt', values: [0] }, ['negative']],
  ['at most compares numbers', { property: 'price', op: 'lte', values: [19.99] }, ['fraction', 'negative']],
  ['texts compare as texts', { property: 'country', op: 'gte', values: ['E'] }, ['number']],
  ['null is not there', { property: 'country', op: 'exists', values: [] }, ['text', 'number', 'negative']],
  ['a nested property is not a property', { property: 'nested.price', op: 'exists', values: [] }, []],
  ['a hostile name and value are only data', { property: HOSTILE, op: 'equals', values: [HOSTILE] }, ['text']],
  ['a hostile value among others is only data', { property: HOSTILE, op: 'in', values: ['x', HOSTILE] }, ['text']],
  ['a hostile name that nobody has passes none', { property: `${HOSTILE}'`, op: 'not_equals', values: ['x'] }, []],
])('%s', async (_what, filter, expected) => {
  expect(await passing(filter)).toEqual(expected)
})

test('all conditions must pass, and without any all events do', async () => {
  expect(await passing({ property: 'price', op: 'gt', values: [0] }, { property: 'country', op: 'exists', values: [] })).toEqual(['number'])
  expect(await passing()).toEqual(rows.map(({ id }) => id))
})

test('an event is worth its own value or a numeric property, else nothing', async () => {
  const own = valueOf(undefined, { prefix: 'a' })
  const price = valueOf('price', { prefix: 'b' })
  const hostile = valueOf(HOSTILE, { prefix: 'c' })
  const result = await store.client.query({ query: `SELECT id, ${own.sql} AS own, ${price.sql} AS price, ${hostile.sql} AS hostile FROM row`, query_params: { ...own.params, ...price.params, ...hostile.params }, format: 'JSONEachRow' })
  const found = new Map((await result.json<{ id: string; own: number | null; price: number | null; hostile: number | null }>()).map(({ id, ...values }) => [id, values]))
  expect(rows.map(({ id }) => found.get(id))).toEqual([
    { own: 7, price: null, hostile: null },
    { own: null, price: 20, hostile: null },
    { own: null, price: 19.99, hostile: null },
    { own: null, price: null, hostile: null },
    { own: null, price: -5, hostile: null },
    { own: null, price: null, hostile: null },
  ])
})
