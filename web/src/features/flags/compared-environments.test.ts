import { expect, test } from 'vitest'
import { testProject } from '../../testing/render.tsx'
import { comparedPair } from './compared-environments.ts'

const keys = (from?: string, to?: string, environments = testProject.environments) => { const pair = comparedPair(environments, from, to); return pair && [pair.from.key, pair.to.key] }

test('without a wish, what comes before production is compared with it', () => {
  expect(keys()).toEqual(['staging', 'production'])
})

test('what the address asks for is compared, in either direction', () => {
  expect(keys('development', 'staging')).toEqual(['development', 'staging'])
  expect(keys('production', 'staging')).toEqual(['production', 'staging'])
  expect(keys('production')).toEqual(['production', 'staging'])
})

test('an environment is not compared with itself, and nonsense is passed over', () => {
  expect(keys('production', 'production')).toEqual(['staging', 'production'])
  expect(keys('gone', 'development')).toEqual(['staging', 'development'])
  expect(keys(undefined, undefined, testProject.environments.slice(0, 1))).toBeNull()
})
