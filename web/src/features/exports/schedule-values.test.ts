import { expect, test } from 'vitest'
import type { ExportSchedule } from '@assay/server/contract'
import { fieldOf, newValues, setupOf, valuesOf } from './schedule-values.ts'

const schedule: ExportSchedule = {
  id: 'a', name: 'Weekly', source: { resource: 'exposures', filters: { experiment: 'EXP-1' } }, format: 'parquet', every: 'week', hour: 5, destination: { kind: 's3', endpoint: null, region: 'eu-west-1', bucket: 'exports', prefix: 'a', style: 'path' },
  enabled: false, revision: 3, runsAs: 'Ada', createdAt: '', createdBy: 'Ada', nextRunAt: null, lastRun: null,
}

test.each<ExportSchedule['destination']>([schedule.destination, { kind: 'folder', folder: 'a/b' }, { kind: 'webhook', url: 'https://example.com/' }])('what is opened and saved unchanged is the same: $kind', (destination) => {
  const { name, source, format, every, hour, enabled } = schedule
  expect(setupOf(valuesOf({ ...schedule, destination }))).toEqual({ name, source, format, every, hour, enabled, destination })
})

test('filters of a page are taken over, and an empty endpoint is the default one', () => {
  expect(setupOf({ ...newValues('flags', { tag: 'pay' }), name: 'A', kind: 's3' })).toMatchObject({ source: { resource: 'flags', filters: { tag: 'pay' } }, destination: { endpoint: null } })
})

test('an issue of the server finds its field', () => {
  expect(['setup.destination.bucket', 'source.filters.experiment', 'name'].map(fieldOf)).toEqual(['bucket', 'experiment', 'name'])
})
