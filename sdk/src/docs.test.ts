import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { OPERATORS } from './core/index.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const [guide, evaluation] = [read('../../docs/sdk.md'), read('../../docs/evaluation.md')]

/** First cells of a table in a page, each of which may name several things in code style. */
function named(page: string, header: string): string[] {
  const table = page.split(`\n${header}\n`)[1]?.split('\n\n')[0] ?? ''
  return table.split('\n').slice(1).flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''))
}

/** Members of a union or an interface, as written in a file. */
function members(path: string, start: string, pattern: RegExp): string[] {
  const body = read(path).split(start)[1]?.split('\n\n')[0] ?? ''
  return [...body.matchAll(pattern)].map((match) => match[1] ?? '')
}

test('the guide names every option, and no other', () => {
  const options = members('client/options.ts', 'export interface ClientOptions {', /^ {2}(\w+)\??:/gm)
  expect(options).toContain('lastGoodFile')
  expect(named(guide, '| option | default | meaning |')).toEqual(options)
})

test('the guide names every option of the client for pages, and no other', () => {
  expect(named(guide, '| option | default | meaning for pages |')).toEqual(members('browser/browser-api.ts', 'export interface BrowserClientOptions {', /^ {2}(\w+)\??:/gm))
})

test('the guide names every reason, error code, status and cause of a drop', () => {
  expect(named(guide, '| reason | meaning | value |').sort()).toEqual(members('core/evaluation.ts', 'export type Reason =', /'(\w+)'/g).sort())
  expect(named(guide, '| error code | meaning |').sort()).toEqual(members('core/evaluation.ts', 'export type ErrorCode =', /'(\w+)'/g).sort())
  expect(named(guide, '| `status()` | meaning |')).toEqual(members('client/client-api.ts', 'export type Status =', /'(\w+)'/g))
  for (const cause of members('client/event-queue.ts', 'export type DropCause =', /'(\w+)'/g)) expect(guide).toContain(`\`${cause}\``)
})

test('the page on evaluation names every operator, and no other', () => {
  expect(named(evaluation, '| operator | compares |').sort()).toEqual([...OPERATORS].sort())
})

test('the readmes ask a flag as the client does', () => {
  for (const page of [read('../../README.md'), read('../README.md'), guide]) expect(page).toMatch(/getBoolean\('express-pay', false, /)
})

test('each row of the promises names the file that has its one test', () => {
  const rows = [...read('../../docs/reliability-sdk.md').matchAll(/^\| (S\d+) \|.*\| `([^`]+)` \|$/gm)].map((match) => [match[1] ?? '', match[2] ?? ''] as const)
  expect(rows).toHaveLength(29)
  for (const [row, file] of rows) expect([row, [...read(`../../${file}`).matchAll(new RegExp(`^test(?:\\.each\\(.*\\))?\\('${row} `, 'gm'))].length]).toEqual([row, 1])
})
