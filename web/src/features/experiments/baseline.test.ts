import { expect, test } from 'vitest'
import { baselineOf } from './baseline.ts'
import { experiment } from './experiment.samples.ts'

test('the level under control of an earlier experiment is a baseline', () => {
  const found = baselineOf('revenue', [experiment({ key: 'EXP-9', analysis: null }), experiment({ key: 'EXP-8' })])
  expect(found).toMatchObject({ level: 4.18, from: 'EXP-8' })
  expect(found?.sd).toBeCloseTo(Math.sqrt(60))
})

test('a metric that nobody measured has none', () => {
  expect(baselineOf('unknown', [experiment()])).toBeNull()
})
