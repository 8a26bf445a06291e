import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { matchingEtag, serveRuleset } from './serve-ruleset.ts'

const published = { environmentId: 'env', epoch: '019a', version: 3, body: '{"schema":1,"text":"grüße\\n"}', sha256: '' }

test('every representation decodes to the committed text under an ETag of its own', async () => {
  const served = serveRuleset(published, 'database')
  expect((await served.bytes('identity')).toString()).toBe(published.body)
  expect(brotliDecompressSync(await served.bytes('br')).toString()).toBe(published.body)
  expect(gunzipSync(await served.bytes('gzip')).toString()).toBe(published.body)
  expect(served.bytes('br')).toBe(served.bytes('br'))
  expect(new Set([served.etag('identity'), served.etag('br'), served.etag('gzip')]).size).toBe(3)
  expect(served.ruleset()).toEqual({ schema: 1, text: 'grüße\n' })
})

test('the event is one data line with the identity as its id', () => {
  expect(serveRuleset(published, 'database').frame().toString()).toBe(`id: 019a:3\nevent: ruleset\ndata: ${published.body}\n\n`)
})

test.each([
  [undefined, null],
  ['"019a:3"', '"019a:3"'],
  ['W/"019a:3:br"', '"019a:3:br"'],
  ['"other", "019a:3:gzip"', '"019a:3:gzip"'],
  ['*', '"019a:3"'],
  ['"019a:2"', null],
  ['019a:3', null],
])('If-None-Match %s', (header, matched) => {
  expect(matchingEtag(header, serveRuleset(published, 'database'))).toBe(matched)
})
