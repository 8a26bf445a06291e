import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorStatus } from './errors.ts'
import { permissions, roles } from './roles.ts'
import type { Route } from './route.ts'
import { routes } from './routes.ts'
import { ingestEnvelope, ingestItem, ingestResult, seenBody } from './sdk-wire.ts'

const docs = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8')

/** Rows of the table under a heading, as cells. */
function table(heading: string): string[][] {
  const section = docs.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('| '))
  return rows.slice(1).map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()))
}

/** JSON blocks under a heading, in order. */
function examples(heading: string): unknown[] {
  const section = docs.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  return [...section.matchAll(/^```json\n(.*?)^```/gms)].map(([, text]) => JSON.parse(text ?? ''))
}

test('docs/api.md lists every error code with its status, and no other', () => {
  const listed = table('Errors').map(([code, status]) => [code?.replaceAll('`', ''), Number(status)])
  expect(listed).toEqual(Object.entries(errorStatus))
  for (const [code, , meaning] of table('Errors')) expect(meaning, code).toMatch(/\w.*\.$/)
})

test('docs/api.md lists every route of the contract, and no other', () => {
  const listed = table('Routes').map((cells) => cells.join(' | '))
  const all: Route[] = Object.values(routes)
  expect(listed).toEqual(all.map(({ method, path, access, summary }) => `\`${method} ${path.replace('/api/v1', '')}\` | ${access === 'public' || access === 'session' ? access : `\`${access}\``} | ${summary}`))
})

test('docs/api.md says who may do what', () => {
  const expected = Object.entries(permissions).map(([permission, allowed]) => [`\`${permission}\``, ...roles.map((role) => ((allowed as readonly string[]).includes(role) ? 'yes' : ''))])
  expect(table('Roles')).toEqual(expected)
})

test('docs/api.md names what asks for the password', () => {
  const [, named = ''] = /in the last 15 minutes \(`ASSAY_REAUTHENTICATE_MINUTES`\): (.*)\.\n/.exec(docs) ?? []
  const asking = Object.entries(routes as Record<string, Route>).filter(([, route]) => route.asksPassword).map(([name]) => name)
  expect([...named.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()).toEqual(asking.sort())
})

test('the examples of the SDK protocol are bodies that the server takes and gives', () => {
  const [batch, answer, seen] = examples('SDK protocol')
  const { items } = ingestEnvelope.parse(batch)
  expect(items.map((item) => ingestItem.parse(item).kind)).toEqual(['exposure', 'event', 'link', 'evaluations', 'context'])
  expect(ingestResult.parse(answer)).toEqual(answer)
  expect(seenBody.parse(seen)).toEqual(seen)
})
