import { expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import { openApi } from './openapi.ts'

const document = openApi(routes)
const paths = document['paths'] as Record<string, Record<string, { operationId: string; security: unknown[] }>>

test('every route of the contract is one operation', () => {
  const operations = Object.values(paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId))
  expect(operations.sort()).toEqual(Object.keys(routes).sort())
})

test('parameters are written as OpenAPI writes them', () => {
  expect(Object.keys(paths)).toContain('/api/v1/projects/{project}/flags/{flag}')
  expect(Object.keys(paths).filter((path) => path.includes(':'))).toEqual([])
})

test('every reference leads to a part of the document', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(references.length).toBeGreaterThan(0)
  for (const reference of new Set(references)) {
    const part = reference.slice(2).split('/').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document)
    expect(part, reference).toBeTypeOf('object')
  }
})

test('public routes ask for no session, the others do', () => {
  expect(paths['/api/v1/session']?.['post']?.security).toEqual([])
  expect(paths['/api/v1/me']?.['get']?.security).toEqual([{ session: [] }])
})

test('what a role allows takes a token too, but for people and tokens themselves', () => {
  const both = [{ session: [] }, { token: [] }]
  expect(paths['/api/v1/projects/{project}/flags']?.['post']?.security).toEqual(both)
  expect(paths['/api/v1/projects/{project}/members']?.['get']?.security).toEqual(both)
  for (const [path, method] of [['members', 'post'], ['tokens', 'get'], ['tokens', 'post']] as const) expect(paths[`/api/v1/projects/{project}/${path}`]?.[method]?.security).toEqual([{ session: [] }])
})
