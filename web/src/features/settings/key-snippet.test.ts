import { expect, test } from 'vitest'
import { keySnippet } from './key-snippet.ts'

test.each(['server', 'client'] as const)('the snippet of a %s key is filled in', (kind) => {
  const snippet = keySnippet(kind, 'https://assay.example.com', 'as_srv_secret')
  expect(snippet).toContain('https://assay.example.com')
  expect(snippet).toContain('as_srv_secret')
})

test('a server key evaluates, a client key sends events', () => {
  expect(keySnippet('server', 'http://localhost:4000', 'x')).toContain('createClient')
  expect(keySnippet('client', 'http://localhost:4000', 'x')).toContain('/sdk/v1/events')
})
