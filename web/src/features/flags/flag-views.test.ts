import { expect, test } from 'vitest'
import { isFlagFound, isFlagInView, type FlagUsage, type LifecycleState, type ViewContext } from '@assay/server/contract'
import { testProject } from '../../testing/render.tsx'
import { flagSummary } from './flag.samples.ts'
import { flagView, flagViews, isFiltered, knownFilter } from './flag-views.ts'

const used = (state: LifecycleState): ReadonlyMap<string, FlagUsage> => new Map([['checkout.express-pay', { flag: 'checkout.express-pay', lifecycle: { state, reason: '' }, environments: [] }]])
const context = (more: Partial<ViewContext> = {}): ViewContext => ({ environments: testProject.environments, me: 'Ada Admin', usage: new Map(), now: new Date('2026-11-25T00:00:00Z'), ...more })
const views = (flag: ReturnType<typeof flagSummary>, more: Partial<ViewContext> = {}) => flagViews.map(({ value }) => value).filter((view) => isFlagInView(flag, view, context(more)))

test('each view has the flags its name says', () => {
  expect(views(flagSummary({ owner: null }))).toEqual(['all'])
  expect(views(flagSummary())).toEqual(['all', 'mine'])
  expect(views(flagSummary({ owner: null }, ['staging']))).toEqual(['all'])
  expect(views(flagSummary({ owner: null }, ['production']))).toEqual(['all', 'live'])
  expect(views(flagSummary({ owner: null, openChanges: 2 }))).toEqual(['all', 'review'])
})

test('an archived flag is in the archive alone', () => {
  expect(views(flagSummary({ archivedAt: '2026-11-01T00:00:00Z', openChanges: 1 }, ['production']))).toEqual(['archived'])
})

test('a flag that does nothing any more is to be cleaned up, unless its kind stays', () => {
  const flag = flagSummary({ owner: null })
  expect(views(flag, { usage: used('stale') })).toEqual(['all', 'cleanup'])
  expect(views(flag, { usage: used('rolled_out') })).toEqual(['all', 'cleanup'])
  expect(views(flag, { usage: used('live') })).toEqual(['all'])
  expect(views({ ...flag, kind: 'operational' }, { usage: used('stale') })).toEqual(['all'])
})

test('a flag whose day of removal has passed is to be cleaned up, even where usage is not known', () => {
  expect(views(flagSummary({ owner: null, kind: 'permission', expectedRemoval: '2026-11-24' }))).toEqual(['all', 'cleanup'])
  expect(views(flagSummary({ owner: null, expectedRemoval: '2026-11-25' }))).toEqual(['all'])
})

test('every word of a search has to be in name, key, owner or a tag', () => {
  const found = (q: string) => isFlagFound(flagSummary({ tags: ['team:payments'] }), { q }, new Map())
  expect(found('EXPRESS check')).toBe(true)
  expect(found('ada express-pay')).toBe(true)
  expect(found('payments express')).toBe(true)
  expect(found('express search')).toBe(false)
})

test('filters narrow by kind, tag, owner and state, and nonsense narrows nothing', () => {
  const flag = flagSummary({ tags: ['mobile'] })
  expect(isFlagFound(flag, { kind: 'release', tag: 'mobile', owner: 'Ada Admin' }, new Map())).toBe(true)
  expect(isFlagFound(flag, { kind: 'experiment' }, new Map())).toBe(false)
  expect(isFlagFound(flag, knownFilter({ kind: 'nonsense' }), new Map())).toBe(true)
  expect(isFlagFound(flag, { tag: 'web' }, new Map())).toBe(false)
  expect(isFlagFound(flag, { owner: 'nobody' }, new Map())).toBe(false)
  expect(isFlagFound({ ...flag, owner: null }, { owner: 'nobody' }, new Map())).toBe(true)
  expect(isFlagFound(flag, { state: 'stale' }, used('stale'))).toBe(true)
  expect(isFlagFound(flag, { state: 'stale' }, used('live'))).toBe(false)
  expect(isFlagFound(flag, knownFilter({ state: 'gone' }), used('live'))).toBe(true)
  expect([isFiltered({}), isFiltered({ q: undefined }), isFiltered({ tag: 'mobile' })]).toEqual([false, false, true])
})

test('an address may ask for any view, and nonsense is all', () => {
  expect(flagView('archived')).toBe('archived')
  expect(flagView('gone')).toBe('all')
  expect(flagView(undefined)).toBe('all')
})
