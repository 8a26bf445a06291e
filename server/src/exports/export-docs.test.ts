import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exportResourceNames, exportResources } from '../contract/exports.ts'
import { exportTables } from './tables.service.ts'

const docs = readFileSync(new URL('../../../docs/exports.md', import.meta.url), 'utf8')

test('docs/exports.md describes every table that can be exported, and no other', () => {
  expect([...docs.matchAll(/^### ([\w-]+)$/gm)].map(([, name]) => name)).toEqual(exportResourceNames)
})

test.each(exportResourceNames)('docs/exports.md lists the columns and filters of %s as they are, each with what it holds', (resource) => {
  const section = docs.split(/^### /m).find((part) => part.startsWith(`${resource}\n`))?.split(/^## /m)[0] ?? ''
  const rows = [...section.matchAll(/^\| `(\w+)` \| (\w+) \| (.*) \|$/gm)]
  expect(rows.map(([, name, type]) => [name, type])).toEqual(exportTables[resource].columns.map(({ name, type }) => [name, type]))
  for (const [, name, , holds] of rows) expect(holds, name).toMatch(/\w/)
  const filters = Object.keys(exportResources[resource].filters.shape)
  const said = /Filters: ((?:`\w+`(?:, )?)+)/.exec(section)?.[1] ?? ''
  expect([...said.matchAll(/\w+/g)].map(([name]) => name)).toEqual(filters)
})

test('no table has two columns of one name', () => {
  for (const { columns } of Object.values(exportTables)) expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
})
