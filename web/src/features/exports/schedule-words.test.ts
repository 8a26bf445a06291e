import { expect, test } from 'vitest'
import { destinationWords, everyWords, runWords, sizeWords, sourceWords } from './schedule-words.ts'

test('when, what and where are said in words', () => {
  expect([everyWords({ every: 'hour', hour: 3 }), everyWords({ every: 'day', hour: 3 }), everyWords({ every: 'week', hour: 14 })]).toEqual(['Every hour', 'Every day at 03:00 UTC', 'Mondays at 14:00 UTC'])
  expect(sourceWords({ source: { resource: 'flags', filters: { tag: 'pay' } }, format: 'parquet' })).toBe('Flags, tag pay, Parquet')
  expect(destinationWords({ kind: 's3', endpoint: null, region: 'eu-central-1', bucket: 'exports', prefix: 'a/b', style: 'host' })).toEqual({ kind: 'Bucket', place: 'exports/a/b' })
  expect(destinationWords({ kind: 'webhook', url: 'https://hooks.example.com/secret-path' })).toEqual({ kind: 'Webhook', place: 'hooks.example.com' })
})

test('a run says how much it sent and how long it took', () => {
  const run = { state: 'done', dueAt: '', startedAt: '2026-11-25T04:00:00.000Z', finishedAt: '2026-11-25T04:00:12.000Z', attempt: 1, rows: 1, bytes: 1_400_000, location: 'a', error: null, retryAt: null } as const
  expect(runWords(run)).toBe('1 row, 1.4 MB in 12 s')
  expect(runWords({ ...run, finishedAt: '2026-11-25T04:00:00.300Z' })).toBe('1 row, 1.4 MB in under a second')
  expect([0, 999, 1_000, 25_000, 3_200_000_000].map(sizeWords)).toEqual(['0 B', '999 B', '1.0 kB', '25 kB', '3.2 GB'])
})
