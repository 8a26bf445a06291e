import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createApiClient } from '../server/src/cli/api-client.ts'
import { expect, expectAccessible, PASSWORD, routes, signIn, test } from './assay.ts'

/** An app of one file in a folder of its own, with the SDK installed; what it writes comes out line by line. */
function runApp(code: string): { app: ChildProcess; lines: string[]; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'assay-app-'))
  mkdirSync(join(folder, 'node_modules', '@assay'), { recursive: true })
  symlinkSync(fileURLToPath(new URL('../sdk', import.meta.url)), join(folder, 'node_modules', '@assay', 'sdk'))
  writeFileSync(join(folder, 'first-flag.mjs'), code)
  const app = spawn(process.execPath, ['first-flag.mjs'], { cwd: folder, env: { NO_COLOR: '1' } })
  const lines: string[] = []
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (text: Buffer) => lines.push(...text.toString().trim().split('\n')))
  return {
    app, lines,
    remove() {
      app.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

test('the first flag is live in two minutes: made in one press, asked for by an app, turned on by keyboard, and seen by the app, without a reload', async ({ page, assay }) => {
  test.setTimeout(180_000)
  await signIn(page, assay)
  await page.getByRole('link', { name: 'Your first flag' }).click()
  await page.evaluate(() => { document.body.dataset['loaded'] = 'once' })
  await page.getByRole('button', { name: 'Make both' }).click()
  await expect(page.getByText('Waiting for your app')).toBeVisible()
  await expectAccessible(page)

  const { app, lines, remove } = runApp(await page.getByRole('region', { name: 'TypeScript' }).innerText())
  try {
    await expect(page.getByText(/^Your app asked for welcome-banner \d+ s ago$/)).toBeVisible({ timeout: 30_000 })
    expect(lines).toContain('welcome-banner is false')
    await page.getByRole('switch', { name: 'Welcome banner is on in development' }).focus()
    await page.keyboard.press('Space')
    await expect(page.getByText('Your app asked again and got true.')).toBeVisible({ timeout: 30_000 })
    expect(lines).toContain('welcome-banner is true')
    await expectAccessible(page)
    expect(await page.evaluate(() => document.body.dataset['loaded'])).toBe('once')

    expect(app.exitCode).toBeNull()
  } finally {
    remove()
  }
  const { entries } = await assay.api.call(routes.listAudit, { params: { project: assay.project }, query: {} })
  expect(entries.map(({ action }) => action).slice(0, 3)).toEqual(['flag.turned_on', 'key.created', 'flag.created'])
  // Done is done: neither Home nor the page offers it again.
  await page.getByRole('link', { name: 'Home' }).click()
  await expect(page.getByRole('heading', { name: 'Running experiments' })).toBeVisible()
  await expect(page.getByText('No app is connected yet')).toHaveCount(0)
})

test('a hypothesis without exposure waits in the inbox of the engineer, who is led to where it is said, and stands as such on the board', async ({ page, assay }) => {
  const params = { project: assay.project }
  const owner = createApiClient(assay.url)
  await owner.call(routes.signIn, { body: { email: await assay.member('product_owner'), password: PASSWORD } })
  await owner.call(routes.createMetric, { params, body: { key: 'orders', name: 'Orders', description: '', type: 'conversion', event: 'order', direction: 'increase', unitLabel: '', windowHours: null } })
  const { key } = await owner.call(routes.createHypothesis, {
    params,
    body: {
      title: 'Express pay at checkout', change: 'offering express pay', audience: 'everybody who checks out', cohort: null, because: 'most leave at the address form', primaryMetric: 'orders', direction: 'increase', minimumEffect: 0.05,
      guardrails: [], secondaryMetrics: [], wrongIf: 'the whole interval is below five percent', rollbackPlan: 'turn the flag off', maxExposure: 1, maxDays: 30, decider: 'product owner 1',
    },
  })
  await signIn(page, assay, await assay.member('engineer'))
  await page.getByRole('link', { name: /Inbox.*1 waits for you/ }).press('Enter')
  await expect(page.getByText('product owner 1 has written it down. It needs exposure: say which flag shows the change, and to whom.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Say who meets it: Express pay at checkout' }).press('Enter')
  await expect(page).toHaveURL(new RegExp(`/hypotheses/${key}/edit\\?step=expose$`))
  await expect(page.getByRole('heading', { name: 'Who meets it, and how many?' })).toBeVisible()
  await page.goto(`${assay.url}/p/${assay.project}/hypotheses`)
  const plan = page.getByRole('region', { name: /Plan to fail/ })
  await expect(plan.getByText('Express pay at checkout')).toBeVisible()
  await expect(plan.getByText('Needs exposure')).toBeVisible()
})
