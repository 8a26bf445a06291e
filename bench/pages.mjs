// `npm run bench:pages`: how long pages of the admin UI take in a new browser on a slow laptop: 4x slower CPU, 10 Mbit/s, 40 ms. One JSON line per page, in
// milliseconds: first paint, data painted, interactive (nothing keeps the main thread for 50 ms any more). It reports and never fails. Needs a build.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { startLocalServer } from '../server/dist/cli/local-server.js'
import { setUp } from '../server/dist/cli/set-up.js'

const ROUNDS = 3
const SLOWER = 4
const NETWORK = { offline: false, latency: 40, downloadThroughput: 10_000_000 / 8, uploadThroughput: 10_000_000 / 8 }
const pages = { home: '', hypotheses: '/hypotheses', experiments: '/experiments', flags: '/flags', delivery: '/delivery', audit: '/audit' }

const dataDir = mkdtempSync(join(tmpdir(), 'assay-bench-pages-'))
const server = await startLocalServer(fileURLToPath(new URL('../server/dist/main.js', import.meta.url)), dataDir, 0)
const browser = await chromium.launch({ executablePath: process.env.ASSAY_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
try {
  const { email, password } = await setUp(server, 'Storefront')
  const response = await fetch(`${server.url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) })
  const cookies = response.headers.getSetCookie().map(cookieOf)
  for (const [name, path] of Object.entries(pages)) {
    const rounds = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(`${server.url}/p/storefront${path}`, cookies))
    const median = (of) => rounds.map((one) => one[of]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]
    console.log(JSON.stringify({ page: name, firstPaint: median('firstPaint'), data: median('data'), interactive: median('interactive'), rounds: ROUNDS }))
  }
} finally {
  await browser.close()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

/** Nothing is in the cache of a new context. */
async function measure(url, cookies) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    await context.addCookies(cookies)
    const page = await context.newPage()
    const client = await context.newCDPSession(page)
    await client.send('Network.emulateNetworkConditions', NETWORK)
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    await page.addInitScript(() => {
      globalThis.busyUntil = 0
      new PerformanceObserver((list) => { for (const { startTime, duration } of list.getEntries()) globalThis.busyUntil = Math.max(globalThis.busyUntil, startTime + duration) }).observe({ type: 'longtask', buffered: true })
    })
    await page.goto(url)
    await page.waitForFunction(() => document.querySelector('main h1') !== null && document.querySelector('main [aria-busy="true"]') === null)
    const data = await page.evaluate(() => performance.now())
    await page.waitForFunction(() => performance.now() - globalThis.busyUntil > 1000)
    return page.evaluate((painted) => ({
      firstPaint: Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN),
      data: Math.round(painted),
      interactive: Math.round(Math.max(painted, globalThis.busyUntil)),
    }), data)
  } finally {
    await context.close()
  }
}

function cookieOf(line) {
  const [pair = '', ...rest] = line.split(/;\s*/)
  const path = rest.find((part) => /^path=/i.test(part))?.slice(5) ?? '/'
  const { hostname } = new URL(server.url)
  return { name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), domain: hostname, path, httpOnly: true, sameSite: 'Strict' }
}
