import { expect, test } from 'vitest'
import type { BrowserClient } from '../browser/browser-api.ts'
import type { Client } from '../client/client-api.ts'
import { createTestClient } from './test-client.ts'

const flags = { release: true, layout: 'wide', count: 3, ratio: 0.5, theme: { colour: 'teal' } }

test('each getter gives what the test gave, for every context, with details', async () => {
  const assay: Client = createTestClient({ flags })
  expect([await assay.ready(), assay.getBoolean('release', false), assay.getString('layout', ''), assay.getInteger('count', 0), assay.getFloat('ratio', 0), assay.getFloat('count', 0), assay.getObject('theme', {})]).toEqual(['ready', true, 'wide', 3, 0.5, 3, { colour: 'teal' }])
  expect(assay.getBooleanDetails('release', false)).toEqual({ flagKey: 'release', value: true, variant: 'on', reason: 'STATIC' })
})

test('an unknown flag, another type and a client that is not ready give the fallback and say why', () => {
  const assay = createTestClient({ flags })
  expect(assay.getBooleanDetails('gone', true)).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' })
  expect(assay.getIntegerDetails('ratio', 7)).toMatchObject({ value: 7, errorCode: 'TYPE_MISMATCH' })
  assay.setStatus('defaults')
  expect(assay.getBooleanDetails('release', false)).toMatchObject({ value: false, errorCode: 'PROVIDER_NOT_READY' })
})

test('an override holds for the contexts it names, the newest first, until it is taken back', () => {
  const assay = createTestClient({ flags })
  const takeBack = assay.override('layout', 'narrow', { when: ({ country }) => country === 'DE' })
  assay.override('layout', 'mobile', { when: ({ device }) => device === 'phone' })
  const layout = (context: object) => assay.getString('layout', '', { ...context })
  expect([layout({}), layout({ country: 'DE' }), layout({ country: 'DE', device: 'phone' })]).toEqual(['wide', 'narrow', 'mobile'])
  takeBack()
  expect(layout({ country: 'DE' })).toBe('wide')
})

test('what is set, removed and reset is told to the listeners', () => {
  const assay = createTestClient({ flags })
  const changes: (readonly string[])[] = []
  const versions: number[] = []
  const stop = assay.browser.onUpdate((changed) => { changes.push(changed) })
  assay.onUpdate(({ version }) => { versions.push(version) })
  assay.set('new', 1)
  assay.remove('release')
  expect([assay.getInteger('new', 0), assay.getBoolean('release', false)]).toEqual([1, false])
  assay.reset()
  expect([assay.getInteger('new', 0), assay.getBoolean('release', false), changes, versions]).toEqual([0, true, [['new'], ['release'], ['layout', 'count', 'ratio', 'theme', 'new', 'release']], [2, 3, 4]])
  stop()
  assay.set('new', 2)
  expect(changes).toHaveLength(3)
})

test('events, links and exposures are there to be asserted, each exposure once', async () => {
  const assay = createTestClient({ flags })
  assay.override('release', true, { experiment: 'exp-1', variant: 'treatment' })
  for (let reads = 0; reads < 2; reads++) assay.getBoolean('release', false, { targetingKey: 'u' })
  assay.getString('layout', '', { targetingKey: 'u' })
  assay.track('order', { targetingKey: 'u' }, { value: 49.9 })
  assay.identify('anonymous', 'u')
  assay.expose({ experiment: 'outside', unit: 7, variant: 'a' })
  expect(assay.exposures).toEqual([{ flag: 'release', experiment: 'exp-1', unit: 'u', variant: 'treatment' }, { experiment: 'outside', unit: '7', variant: 'a' }])
  expect(assay.events).toEqual([{ event: 'order', context: { targetingKey: 'u' }, value: 49.9 }])
  expect([assay.links, await assay.flush()]).toEqual([[{ anonymousId: 'anonymous', userId: 'u' }], { queued: 0, sent: 4, rejected: 0, dropped: {} }])
  assay.reset()
  expect([assay.exposures, assay.events, assay.links]).toEqual([[], [], []])
})

test('the view of a page has one context and shares flags and records', async () => {
  const assay = createTestClient({ flags, context: { targetingKey: 'u' } })
  const page: BrowserClient = assay.browser
  assay.override('layout', 'narrow', { when: ({ country }) => country === 'DE' })
  expect([page.getString('layout', ''), page.peek('release')]).toEqual(['wide', { key: 'release', value: true, variant: 'on', reason: 'STATIC' }])
  await page.setContext({ targetingKey: 'u', country: 'DE' })
  page.track('visit')
  expect([page.getString('layout', ''), assay.events]).toEqual(['narrow', [{ event: 'visit', context: { targetingKey: 'u', country: 'DE' } }]])
  expect(page.peek('theme')).toBe(page.peek('theme'))
  const statuses: string[] = []
  page.onStatus((status) => { statuses.push(status) })
  await page.close()
  expect([statuses, page.getBoolean('release', false), page.peek('release')]).toEqual([['closed'], false, undefined])
})

test('a page is bootstrapped from it', () => {
  const assay = createTestClient({ flags: { release: true } })
  expect(assay.bootstrap({})).toEqual({ flags: [{ key: 'release', value: true, variant: 'on', reason: 'STATIC' }] })
})
