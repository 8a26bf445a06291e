import { expect, test } from 'vitest'
import { testProject } from '../../testing/render.tsx'
import { preferredEnvironment } from './preferred-environment.ts'

const { environments } = testProject
const only = environments.filter(({ production }) => production)

test.each([
  ['production is never the first choice', environments, undefined, null, 'development'],
  ['what was looked at last is remembered', environments, undefined, 'production', 'production'],
  ['what the address asks for comes first', environments, 'staging', 'production', 'staging'],
  ['an environment that is gone is passed over', environments, 'gone', 'gone too', 'development'],
  ['a project of production alone shows it', only, undefined, null, 'production'],
] as const)('%s', (_name, list, asked, remembered, key) => {
  expect(preferredEnvironment(list, asked, remembered)?.key).toBe(key)
})
