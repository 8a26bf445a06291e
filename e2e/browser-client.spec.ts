import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from '@assay/sdk'
import type { BrowserClient } from '@assay/sdk/browser'
import type { Page } from '@playwright/test'
import { build } from 'esbuild'
import { completeDraft, completeSetup } from '../server/src/testing/drafts.ts'
import { askForFlags, expect, PASSWORD, routes, test, type Assay } from './assay.ts'

/** Pages of a shop, on an origin of its own: as a customer's site would use the client. */
interface Shop {
  url: string
  /** What the server puts into the next page. */
  bootstrap: unknown
  close: () => Promise<void>
}

declare global {
  interface Window {
    assay: BrowserClient
    /** What the page has shown so far. */
    shown: string[]
  }
}

let program: string

test.beforeAll(async () => {
  const { outputFiles } = await build({ stdin: { contents: "export { createBrowserClient } from '@assay/sdk/browser'", resolveDir: import.meta.dirname }, bundle: true, minify: true, format: 'iife', globalName: 'sdk', write: false })
  program = outputFiles[0]?.text ?? ''
})

async function openShop(assay: Assay, key: string): Promise<Shop> {
  const shop: Shop = { url: '', bootstrap: undefined, close: () => new Promise((resolve) => { server.close(() => { resolve() }) }) }
  const server: Server = createServer((req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://shop')
    if (pathname === '/assay.js') return void res.setHeader('content-type', 'text/javascript').end(program)
    if (pathname !== '/') return void res.setHeader('content-type', 'text/html').end('<title>Elsewhere</title>')
    const options = JSON.stringify({ url: assay.url, key, context: { targetingKey: searchParams.get('visitor') ?? 'visitor-1', country: 'DE' }, bootstrap: shop.bootstrap }).replaceAll('<', '\\u003c')
    return void res.setHeader('content-type', 'text/html').end(`<!doctype html><title>Shop</title><p id="price"></p><script src="/assay.js"></script><script>
      window.assay = sdk.createBrowserClient(${options})
      window.shown = []
      const show = () => {
        const text = assay.getBoolean('express-pay', false) ? 'express' : 'usual'
        if (document.querySelector('#price').textContent !== text) shown.push(document.querySelector('#price').textContent = text)
      }
      if (assay.status() !== 'defaults') show()
      assay.ready().then(show)
      assay.onUpdate(show)
    </script>`)
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  shop.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return shop
}

const production = { environment: 'production' as const }

async function clientKey(assay: Assay): Promise<string> {
  return (await assay.api.call(routes.createKey, { params: { project: assay.project }, body: { ...production, kind: 'client', name: 'Shop' } })).secret
}

async function createFlag(assay: Assay, key: string): Promise<void> {
  await assay.api.call(routes.createFlag, { params: { project: assay.project }, body: { key, name: key, kind: 'release', type: 'boolean', clientVisible: true, variants: [{ key: 'off', name: 'Off', value: false }, { key: 'on', name: 'On', value: true }] } })
}

/** Turns a flag on in production, with one variant for everyone. */
async function serve(assay: Assay, key: string, variant: string): Promise<void> {
  const params = { project: assay.project, flag: key }
  const state = (await assay.api.call(routes.getFlag, { params })).environments.find((one) => one.environment === 'production')
  await assay.api.call(routes.saveTargeting, { params: { ...params, ...production }, body: { basedOn: state?.revision ?? 0, targeting: { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant } } } })
}

const valueIn = (page: Page) => page.evaluate(() => window.assay.getBoolean('express-pay', false))

test('eight tabs hold one stream, all of them hear of a change, and another takes over when the first is closed', async ({ context, assay }) => {
  await createFlag(assay, 'express-pay')
  await serve(assay, 'express-pay', 'off')
  const shop = await openShop(assay, await clientKey(assay))
  try {
    const streams = new Set<unknown>()
    context.on('request', (request) => { if (request.url().includes('/ofrep/v1/sse')) streams.add(request) })
    context.on('requestfailed', (request) => { streams.delete(request) })
    const tabs: Page[] = []
    for (let tab = 0; tab < 8; tab++) {
      const page = await context.newPage()
      await page.goto(`${shop.url}/?visitor=visitor-${tab}`)
      expect(await page.evaluate(() => window.assay.ready())).toBe('ready')
      tabs.push(page)
    }
    expect(streams.size).toBe(1)
    await serve(assay, 'express-pay', 'on')
    for (const page of tabs) await expect.poll(() => valueIn(page)).toBe(true)
    expect(streams.size).toBe(1)

    const [first, ...others] = tabs
    await first?.close()
    await serve(assay, 'express-pay', 'off')
    for (const page of others) await expect.poll(() => valueIn(page)).toBe(false)
    expect(streams.size).toBeLessThanOrEqual(2)
  } finally {
    await shop.close()
  }
})

test('a page that was rendered with values shows them at once and never flickers; so does the next visit without them', async ({ page, assay }) => {
  await serve(assay, 'express-pay', 'on')
  const shop = await openShop(assay, await clientKey(assay))
  const server = createClient({ url: assay.url, key: await assay.key('production') })
  try {
    await server.ready()
    shop.bootstrap = server.bootstrap({ targetingKey: 'visitor-1', country: 'DE' })
    await page.goto(shop.url)
    expect(await page.evaluate(() => window.shown)).toEqual(['express'])
    await expect.poll(() => page.evaluate(() => window.assay.status())).toBe('ready')
    expect(await page.evaluate(() => window.shown)).toEqual(['express'])
    expect(await page.evaluate(() => window.assay.peek('express-pay'))).toEqual(server.bootstrap({ targetingKey: 'visitor-1', country: 'DE' }).flags.find(({ key }) => key === 'express-pay'))

    shop.bootstrap = undefined
    await page.goto(`${shop.url}/elsewhere`)
    await page.goto(shop.url)
    expect(await page.evaluate(() => window.shown)).toEqual(['express'])
    await expect.poll(() => page.evaluate(() => window.assay.status())).toBe('ready')
    expect(await page.evaluate(() => window.shown)).toEqual(['express'])
  } finally {
    await server.close()
    await shop.close()
  }
})

test('what a page recorded just before it was left is stored, all of it and once', async ({ page, assay }) => {
  const params = { project: assay.project }
  for (const [key, direction] of [['orders', 'increase'], ['refunds', 'decrease'], ['revenue', 'increase']] as const) {
    await assay.api.call(routes.createMetric, { params, body: { key, name: key, description: '', type: key === 'revenue' ? 'mean' : 'conversion', event: key === 'orders' ? 'order' : key, direction, unitLabel: '', windowHours: null } })
  }
  await createFlag(assay, 'tested')
  const hypothesis = await assay.api.call(routes.createHypothesis, { params, body: completeDraft() })
  const created = await assay.api.call(routes.createExperiment, { params, body: { hypothesis: hypothesis.key, setup: { ...completeSetup(), flag: 'tested' } } })
  await askForFlags(assay)
  await assay.api.call(routes.startExperiment, { params: { ...params, experiment: created.key }, body: { basedOn: created.revision, sealing: created.sealing, reason: 'A test needs it.' } })
  const state = (await assay.api.call(routes.getFlag, { params: { ...params, flag: 'tested' } })).environments.find((one) => one.environment === 'production')
  await assay.api.call(routes.turnOn, { params: { ...params, flag: 'tested', ...production }, body: { basedOn: state?.revision ?? 0 } })

  const shop = await openShop(assay, await clientKey(assay))
  try {
    await page.goto(shop.url)
    expect(await page.evaluate(() => window.assay.ready())).toBe('ready')
    await expect.poll(() => page.evaluate(() => window.assay.getBooleanDetails('tested', false).reason)).toBe('SPLIT')
    await page.evaluate(() => {
      for (let order = 0; order < 600; order++) window.assay.track('order', { value: order, properties: { note: 'express' } })
      location.href = '/elsewhere'
    })
    await page.waitForURL('**/elsewhere')
    // What did not fit into the last request waits for the next visit.
    await page.goto(shop.url)
    expect(await page.evaluate(() => window.assay.flush().then(({ queued }) => queued))).toBe(0)

    const csv = await rawData(assay)
    await expect.poll(async () => (await csv(created.key, 'events')).length).toBe(600)
    expect(new Set((await csv(created.key, 'events')).map((row) => row.split(',').join(',')))).toHaveProperty('size', 600)
    const [exposure] = await csv(created.key, 'exposures')
    expect(exposure).toContain('visitor-1')
    expect(exposure).toContain('DE')
  } finally {
    await shop.close()
  }
})

/** Rows of an export, without the header. */
async function rawData(assay: Assay): Promise<(experiment: string, what: 'events' | 'exposures') => Promise<string[]>> {
  const signedIn = await fetch(`${assay.url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'ada@example.com', password: PASSWORD }) })
  const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
  return async (experiment, what) => {
    const response = await fetch(`${assay.url}/api/v1/projects/${assay.project}/experiments/${experiment}/${what}.csv`, { headers: { cookie } })
    const [, ...rows] = (await response.text()).trim().split('\n')
    return rows
  }
}
