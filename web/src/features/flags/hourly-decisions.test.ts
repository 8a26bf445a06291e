import { expect, test } from 'vitest'
import { hourlyDecisions } from './hourly-decisions.ts'

test('environments are summed hour by hour, and named by how much they ask', () => {
  const environments = [{ environment: 'staging', lastEvaluatedAt: null, hourly: [1, 0, 2] }, { environment: 'production', lastEvaluatedAt: null, hourly: [10, 20, 30] }, { environment: 'development', lastEvaluatedAt: null, hourly: [0, 0, 0] }]
  expect(hourlyDecisions({ environments })).toEqual({ hourly: [11, 20, 32], total: 63, byEnvironment: [{ environment: 'production', total: 60 }, { environment: 'staging', total: 3 }] })
})

test('a flag that no environment knows has no hours', () => {
  expect(hourlyDecisions({ environments: [] })).toEqual({ hourly: [], total: 0, byEnvironment: [] })
})
