import { expect, test } from 'vitest'
import type { FlagSummary } from '@assay/server/contract'
import { testProject } from '../../testing/render.tsx'
import { flagView, isFound, isInView } from './flag-views.ts'

const flag = (more: Partial<FlagSummary> = {}, on: readonly string[] = []): FlagSummary => ({
  key: 'checkout.express-pay', name: 'Express pay at checkout', kind: 'release', type: 'boolean', owner: 'Ada Admin', tags: [], clientVisible: false, expectedRemoval: null, archivedAt: null, createdAt: '2026-10-01T00:00:00Z', openChanges: 0, variants: [], experiment: null, changedAt: '2026-11-01T00:00:00Z', changedBy: 'Ada Admin',
  environments: testProject.environments.map(({ key }) => ({ environment: key, enabled: on.includes(key), rules: 0, fallthrough: { variant: 'on' }, split: null, offVariant: null })),
  ...more,
})
const views = (one: FlagSummary) => (['all', 'live', 'experiment', 'off'] as const).filter((view) => isInView(one, view, testProject.environments))

test('each view has the flags its name says', () => {
  expect(views(flag())).toEqual(['all', 'off'])
  expect(views(flag({}, ['staging']))).toEqual(['all'])
  expect(views(flag({}, ['production']))).toEqual(['all', 'live'])
  expect(views(flag({ experiment: { key: 'EXP-1', hypothesis: 'H-1', level: 2, status: 'running' } }, ['production']))).toEqual(['all', 'live', 'experiment'])
})

test('every word of a search has to be in name, key or owner', () => {
  expect(isFound(flag(), 'EXPRESS check', undefined)).toBe(true)
  expect(isFound(flag(), 'ada express-pay', undefined)).toBe(true)
  expect(isFound(flag(), 'express search', undefined)).toBe(false)
  expect(isFound(flag(), '', 'release')).toBe(true)
  expect(isFound(flag(), '', 'experiment')).toBe(false)
  expect(isFound(flag(), '', 'nonsense')).toBe(true)
})

test('an address may ask for any view, and nonsense is all', () => {
  expect(flagView('off')).toBe('off')
  expect(flagView('gone')).toBe('all')
  expect(flagView(undefined)).toBe('all')
})
