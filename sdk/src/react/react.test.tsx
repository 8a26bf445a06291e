import { act, cleanup, render, screen } from '@testing-library/react'
import { Component, StrictMode, Suspense, type ReactNode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'
import { createTestClient } from '../testing/index.ts'
import { AssayProvider, useClient, useFlag, useFlagDetails, useFlagsStatus, useTrack } from './index.ts'

afterEach(cleanup)

function Layout({ onRender }: { onRender?: () => void }) {
  onRender?.()
  return <p>layout {useFlag('layout', 'none')}</p>
}

test('a component shows the value, and renders again when its flag changes and only then', () => {
  const assay = createTestClient({ flags: { layout: 'wide', other: 1 } })
  const rendered = vi.fn()
  render(<AssayProvider client={assay.browser}><Layout onRender={rendered} /></AssayProvider>)
  expect(screen.getByText('layout wide')).toBeDefined()
  act(() => { assay.set('other', 2) })
  expect(rendered).toHaveBeenCalledTimes(1)
  act(() => { assay.set('layout', 'narrow') })
  expect(screen.getByText('layout narrow')).toBeDefined()
  expect(rendered).toHaveBeenCalledTimes(2)
})

test('each type of flag has its value, and another type its fallback', () => {
  const assay = createTestClient({ flags: { on: true, count: 3, ratio: 0.5, theme: { colour: 'teal' }, list: 'text' } })
  function All() {
    const values = [useFlag('on', false), useFlag('count', 0), useFlag('ratio', 0), useFlag('theme', { colour: 'none' }).colour, useFlag('list', 7), useFlag('gone', 'mine')]
    return <p>{values.map(String).join(' ')}</p>
  }
  render(<AssayProvider client={assay.browser}><All /></AssayProvider>)
  expect(screen.getByText('true 3 0.5 teal 7 mine')).toBeDefined()
})

test('details say why, also before there are values and without a provider', async () => {
  const assay = createTestClient({ flags: { layout: 'wide' }, status: 'defaults' })
  function Why({ flag }: { flag: string }) {
    const { value, variant, reason, errorCode } = useFlagDetails(flag, 'none')
    return <p>{[value, variant, reason, errorCode].join('/')}</p>
  }
  render(<><AssayProvider client={assay.browser}><Why flag="layout" /><Why flag="gone" /></AssayProvider><Why flag="without" /></>)
  expect(screen.getAllByText('none//ERROR/PROVIDER_NOT_READY')).toHaveLength(3)
  act(() => { assay.setStatus('ready') })
  expect(screen.getByText('wide/wide/STATIC/')).toBeDefined()
  expect(screen.getByText('none//ERROR/FLAG_NOT_FOUND')).toBeDefined()
})

test('what is rendered is exposed once it is on the page, once under StrictMode, and not where it never got there', async () => {
  const assay = createTestClient({ flags: { layout: 'wide' }, context: { targetingKey: 'u' } })
  assay.override('layout', 'narrow', { experiment: 'exp-1' })
  const forever = new Promise(() => undefined)
  function Suspended(): ReactNode {
    useFlag('layout', 'none')
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how a component suspends
    throw forever
  }
  const view = render(<AssayProvider client={assay.browser}><Suspense fallback="waiting"><Suspended /></Suspense></AssayProvider>)
  expect([screen.getByText('waiting') !== null, assay.exposures]).toEqual([true, []])
  view.unmount()
  render(<StrictMode><AssayProvider client={assay.browser}><Layout /></AssayProvider></StrictMode>)
  expect(assay.exposures).toEqual([{ flag: 'layout', experiment: 'exp-1', unit: 'u', variant: 'narrow' }])
})

test('the state goes from loading to ready, or to error where nothing came', async () => {
  const assay = createTestClient({ flags: {}, status: 'defaults' })
  function State() {
    const { state, status } = useFlagsStatus()
    return <p>{`${state} ${status}`}</p>
  }
  render(<AssayProvider client={assay.browser}><State /></AssayProvider>)
  expect(screen.getByText('loading defaults')).toBeDefined()
  expect(await screen.findByText('error defaults')).toBeDefined()
  act(() => { assay.setStatus('stale') })
  expect(screen.getByText('ready stale')).toBeDefined()
  act(() => { assay.setStatus('closed') })
  expect(screen.getByText('error closed')).toBeDefined()
})

test('with suspense a component waits for first values, and gives the fallback where none come', async () => {
  const assay = createTestClient({ flags: { layout: 'wide' }, status: 'defaults' })
  let answer: () => void = () => undefined
  const answered = new Promise<void>((resolve) => { answer = resolve })
  const client = { ...assay.browser, ready: () => answered.then(() => assay.status()) }
  render(<AssayProvider client={client} suspense><Suspense fallback="waiting"><Layout /></Suspense></AssayProvider>)
  expect(screen.getByText('waiting')).toBeDefined()
  await act(async () => {
    assay.setStatus('ready')
    answer()
    await answered
  })
  expect(await screen.findByText('layout wide')).toBeDefined()
  const never = createTestClient({ status: 'defaults' })
  render(<AssayProvider client={never.browser} suspense><Suspense fallback="waiting"><Layout /></Suspense></AssayProvider>)
  expect(await screen.findByText('layout none')).toBeDefined()
})

test('a page that a server rendered is taken over without a difference, and then shows what has arrived', async () => {
  const onServer = createTestClient({ flags: { layout: 'wide' } })
  const bootstrap = onServer.bootstrap({})
  const page = (client = onServer.browser) => <AssayProvider client={client} bootstrap={bootstrap}><Layout /></AssayProvider>
  const container = document.createElement('div')
  container.innerHTML = renderToString(page())
  expect(container.textContent).toBe('layout wide')
  document.body.append(container)
  const inPage = createTestClient({ flags: { layout: 'narrow' } })
  const differences = vi.fn()
  const root = await act(async () => hydrateRoot(container, page(inPage.browser), { onRecoverableError: differences }))
  expect([container.textContent, differences.mock.calls]).toEqual(['layout narrow', []])
  act(() => { root.unmount() })
  container.remove()
})

test('a server renders with suspense without waiting', () => {
  const assay = createTestClient({ status: 'defaults' })
  const { document: page } = globalThis
  vi.stubGlobal('document', undefined)
  try {
    expect(renderToString(<AssayProvider client={assay.browser} suspense><Layout /></AssayProvider>)).toBe('<p>layout <!-- -->none</p>')
  } finally {
    vi.stubGlobal('document', page)
  }
})

test('an event is tracked by a function that stays the same, and the client is at hand', () => {
  const assay = createTestClient({ context: { targetingKey: 'u' } })
  const seen = new Set<unknown>()
  function Button() {
    const track = useTrack()
    seen.add(track).add(useClient())
    useFlag('release', false)
    return <button onClick={() => { track('order', { value: 49.9 }) }}>Pay</button>
  }
  render(<AssayProvider client={assay.browser}><Button /></AssayProvider>)
  act(() => { assay.set('release', true) })
  screen.getByText('Pay').click()
  expect([seen.size, assay.events]).toEqual([2, [{ event: 'order', context: { targetingKey: 'u' }, value: 49.9 }]])
})

test('an error boundary sees nothing of it when the client is closed', async () => {
  const assay = createTestClient({ flags: { layout: 'wide' } })
  const caught = vi.fn()
  class Boundary extends Component<{ children: ReactNode }> {
    override componentDidCatch = caught
    override render() { return this.props.children }
  }
  render(<Boundary><AssayProvider client={assay.browser}><Layout /></AssayProvider></Boundary>)
  await act(async () => { await assay.close() })
  expect([screen.getByText('layout none') !== null, caught.mock.calls]).toEqual([true, []])
})
