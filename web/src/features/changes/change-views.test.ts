import { isChangeFound, isChangeInView } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { changeView, inOrder } from './change-views.ts'
import { aChange } from './change.samples.ts'

test('a change is in the view of where it stands', () => {
  const views = (change: ReturnType<typeof aChange>) => (['waiting', 'open', 'scheduled', 'done'] as const).filter((view) => isChangeInView(change, view))
  expect(views(aChange({ status: 'open' }))).toEqual(['open'])
  expect(views(aChange({ status: 'conflicted', waitsForYou: true }))).toEqual(['waiting', 'open'])
  expect(views(aChange({ status: 'approved' }))).toEqual(['open'])
  expect(views(aChange({ status: 'scheduled' }))).toEqual(['scheduled'])
  expect(views(aChange({ status: 'applied' }))).toEqual(['done'])
  expect(views(aChange({ status: 'withdrawn' }))).toEqual(['done'])
})

test('without an address, the list opens on what waits for the person, else on what is open', () => {
  expect(changeView(undefined, [aChange({ waitsForYou: true })])).toBe('waiting')
  expect(changeView(undefined, [aChange()])).toBe('open')
  expect(changeView('done', [aChange({ waitsForYou: true })])).toBe('done')
  expect(changeView('nonsense', [])).toBe('open')
})

test('a search looks at key, reason, flag and author; an environment is exact', () => {
  const change = aChange({ key: 'CH-12', reason: 'Next step of the ramp', flagName: 'Express pay' })
  expect(isChangeFound(change, 'ramp express', undefined)).toBe(true)
  expect(isChangeFound(change, 'ch-12', 'production')).toBe(true)
  expect(isChangeFound(change, 'ramp', 'staging')).toBe(false)
  expect(isChangeFound(change, 'ramp ghost', undefined)).toBe(false)
})

test('scheduled changes stand by when they are due, others by how new they are', () => {
  const at = (key: string, time: string) => aChange({ key, createdAt: time, changedAt: time, schedule: { at: time, local: time.slice(0, 16), timeZone: 'UTC' } })
  const changes = [at('b', '2026-12-02T00:00:00Z'), at('a', '2026-12-01T00:00:00Z'), at('c', '2026-12-03T00:00:00Z')]
  expect(inOrder(changes, 'scheduled').map(({ key }) => key)).toEqual(['a', 'b', 'c'])
  expect(inOrder(changes, 'open').map(({ key }) => key)).toEqual(['c', 'b', 'a'])
})
