import { expect, test } from 'vitest'
import { flagViewKeys, isFlagFound, isFlagInView, type ListedFlag, type ViewContext } from './flag-views.ts'
import type { LifecycleState } from './flags.ts'

function listedFlag(more: Partial<ListedFlag> = {}, on: readonly string[] = []): ListedFlag {
  const environments = ['development', 'staging', 'production'].map((environment) => ({ environment, enabled: on.includes(environment) }))
  return { key: 'checkout.express-pay', name: 'Express pay', kind: 'release', owner: 'Ada Admin', tags: [], expectedRemoval: null, archivedAt: null, openChanges: 0, environments, ...more }
}
const used = (state: LifecycleState): ViewContext['usage'] => new Map([['checkout.express-pay', { lifecycle: { state, reason: '' } }]])
const context = (more: Partial<ViewContext> = {}): ViewContext => ({ environments: [{ key: 'staging', production: false }, { key: 'production', production: true }], me: 'Ada Admin', usage: new Map(), now: new Date('2026-11-25T00:00:00Z'), ...more })
const views = (flag: ReturnType<typeof listedFlag>, more: Partial<ViewContext> = {}) => flagViewKeys.filter((view) => isFlagInView(flag, view, context(more)))

test('each view has the flags its name says', () => {
  expect(views(listedFlag({ owner: null }))).toEqual(['all'])
  expect(views(listedFlag())).toEqual(['all', 'mine'])
  expect(views(listedFlag({ owner: null }, ['staging']))).toEqual(['all'])
  expect(views(listedFlag({ owner: null }, ['production']))).toEqual(['all', 'live'])
  expect(views(listedFlag({ owner: null, openChanges: 2 }))).toEqual(['all', 'review'])
})

test('an archived flag is in the archive alone', () => {
  expect(views(listedFlag({ archivedAt: '2026-11-01T00:00:00Z', openChanges: 1 }, ['production']))).toEqual(['archived'])
})

test('a flag that does nothing any more is to be cleaned up, unless its kind stays', () => {
  const flag = listedFlag({ owner: null })
  expect(views(flag, { usage: used('stale') })).toEqual(['all', 'cleanup'])
  expect(views(flag, { usage: used('rolled_out') })).toEqual(['all', 'cleanup'])
  expect(views(flag, { usage: used('live') })).toEqual(['all'])
  expect(views({ ...flag, kind: 'operational' }, { usage: used('stale') })).toEqual(['all'])
})

test('a flag whose day of removal has passed is to be cleaned up, even where usage is not known', () => {
  expect(views(listedFlag({ owner: null, kind: 'permission', expectedRemoval: '2026-11-24' }))).toEqual(['all', 'cleanup'])
  expect(views(listedFlag({ owner: null, expectedRemoval: '2026-11-25' }))).toEqual(['all'])
})

test('every word of a search has to be in name, key, owner or a tag', () => {
  const found = (q: string) => isFlagFound(listedFlag({ tags: ['team:payments'] }), { q }, new Map())
  expect(found('EXPRESS check')).toBe(true)
  expect(found('ada express-pay')).toBe(true)
  expect(found('payments express')).toBe(true)
  expect(found('express search')).toBe(false)
})

test('filters narrow by kind, tag, owner and state', () => {
  const flag = listedFlag({ tags: ['mobile'] })
  expect(isFlagFound(flag, { kind: 'release', tag: 'mobile', owner: 'Ada Admin' }, new Map())).toBe(true)
  expect(isFlagFound(flag, { kind: 'experiment' }, new Map())).toBe(false)
  expect(isFlagFound(flag, { tag: 'web' }, new Map())).toBe(false)
  expect(isFlagFound(flag, { owner: 'nobody' }, new Map())).toBe(false)
  expect(isFlagFound({ ...flag, owner: null }, { owner: 'nobody' }, new Map())).toBe(true)
  expect(isFlagFound(flag, { state: 'stale' }, used('stale'))).toBe(true)
  expect(isFlagFound(flag, { state: 'stale' }, used('live'))).toBe(false)
})
