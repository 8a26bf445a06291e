import { expect, test } from 'vitest'
import { objectAddress } from './object-address.ts'

test.each([
  [null, 'host', 'https://exports.s3.eu-central-1.amazonaws.com/daily/a.csv'],
  [null, 'path', 'https://s3.eu-central-1.amazonaws.com/exports/daily/a.csv'],
  ['http://minio.internal:9000', 'path', 'http://minio.internal:9000/exports/daily/a.csv'],
  ['https://storage.example.com/', 'host', 'https://exports.storage.example.com/daily/a.csv'],
  ['https://example.com/s3/', 'path', 'https://example.com/s3/exports/daily/a.csv'],
] as const)('at %s in the style %s an object is at %s', (endpoint, style, address) => {
  expect(objectAddress({ endpoint, style, region: 'eu-central-1', bucket: 'exports' }, 'daily/a.csv')).toBe(address)
})
