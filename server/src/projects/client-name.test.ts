import { expect, test } from 'vitest'
import { clientName } from './client-name.ts'

test.each([
  ['assay-python/0.3.0 aiohttp/3.9', 'assay-python/0.3.0'],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['okhttp', 'okhttp'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', 'a browser'],
  ['node', null],
  ['undici', null],
  ['  ', null],
  [undefined, null],
])('%j is called %j', (userAgent, name) => {
  expect(clientName(userAgent)).toBe(name)
})

test('a long name is cut', () => {
  expect(clientName(`x${'y'.repeat(500)}`)).toHaveLength(60)
})
