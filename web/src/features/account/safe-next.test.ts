import { expect, test } from 'vitest'
import { safeNext } from './safe-next.ts'

test.each([
  [undefined, '/'],
  ['/p/shop/flags?view=live#top', '/p/shop/flags?view=live#top'],
  ['https://evil.example/', '/'],
  ['//evil.example/a', '/'],
  ['/\\evil.example/a', '/'],
  ['/\t/evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['p/shop', '/'],
  ['/..//evil.example', '/'],
])('%s leads to %s', (next, path) => {
  expect(safeNext(next, 'https://assay.example')).toBe(path)
})
