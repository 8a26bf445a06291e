import type { Page } from '@playwright/test'
import { prepareDemo } from '../server/src/cli/demo-preparation.ts'
import { type Installation, setUp } from '../server/src/cli/set-up.ts'
import { expect, expectAccessible, keep, startServer, test } from './assay.ts'

/** Every page, over four weeks of the demo's shop. It takes longest, and files run by their name: the other worker has the rest meanwhile. */
const pages: [name: string, path: string, heading: string | RegExp][] = [
  ['home', '', /./],
  ['the inbox', '/inbox', 'Inbox'],
  ['the first flag, where apps are connected already', '/first-flag', 'Your first flag'],
  ['hypotheses', '/hypotheses', 'Hypotheses'],
  ['hypotheses as a list', '/hypotheses?view=list', 'Hypotheses'],
  ['hypotheses over time', '/hypotheses?view=timeline', 'Hypotheses'],
  ['an idea', '/hypotheses/H-5', 'Fewer e-mails after an order'],
  ['a finished hypothesis', '/hypotheses/H-1', 'Express pay at checkout'],
  ['the wizard', '/hypotheses/H-4/edit', /./],
  ['experiments', '/experiments', 'Experiments'],
  ['a confirmed experiment', '/experiments/EXP-1', /Express pay at checkout/],
  ['a harmful experiment', '/experiments/EXP-2', /A countdown at checkout/],
  ['a running experiment', '/experiments/EXP-3', /Search results by meaning/],
  ['a draft', '/experiments/EXP-4', /Say that returns are free/],
  ['the results of a draft', '/experiments/EXP-4/results', /Say that returns are free/],
  ['the health of a draft', '/experiments/EXP-4/health', /Say that returns are free/],
  ['the set-up of a decided experiment', '/experiments/EXP-1/setup', /Express pay at checkout/],
  ['the health of a decided experiment', '/experiments/EXP-1/health', /Express pay at checkout/],
  ['the set-up of a running experiment', '/experiments/EXP-3/setup', /Search results by meaning/],
  ['the health of a running experiment', '/experiments/EXP-3/health', /Search results by meaning/],
  ['cohorts', '/cohorts', 'Cohorts'],
  ['a cohort of cohorts', '/cohorts/loyal-eea-shoppers', 'Loyal shoppers in the EEA'],
  ['a list', '/cohorts/employees', 'Employees'],
  ['metrics', '/metrics', 'Metrics'],
  ['learnings', '/learnings', 'Learnings'],
  ['what a search finds', '/learnings?q=address%20form', 'Learnings'],
  ['the programme', '/programme', 'Programme'],
  ['tasks', '/tasks?view=open', 'Tasks'],
  ['a follow-up', '/hypotheses/H-7', 'Fill in the address that we know'],
  ['the wizard of what goes on', '/hypotheses/new?from=H-1&kind=follow_up', 'New hypothesis'],
  ['flags', '/flags', 'Flags'],
  ['a flag with rules', '/flags/express-pay/targeting?env=production', /Express pay/],
  ['a flag with a prerequisite', '/flags/recommendations/targeting?env=production', /Recommendations/],
  ['a flag of objects', '/flags/maintenance-banner/variants', /Maintenance banner/],
  ['the code of a flag', '/flags/free-shipping-from/code', /Free shipping from/],
  ['the history of a flag', '/flags/product-page-2/history', /New product page/],
  ['the decisions of a flag', '/flags/search-ranking/evaluations?env=production', /Search ranking/],
  ['two environments of a flag', '/flags/product-page-2/compare', /New product page/],
  ['two environments', '/compare', 'Compare environments'],
  ['the archive', '/flags?view=archived', 'Flags'],
  ['changes', '/changes', 'Changes'],
  ['the playground', '/playground?env=production&flag=express-pay', 'Playground'],
  ['the playground of all flags', '/playground?env=production', 'Playground'],
  ['layers', '/layers', 'Layers and holdouts'],
  ['delivery', '/delivery', 'Delivery'],
  ['audit log', '/audit', /Audit/],
  ['members', '/settings/members', /./],
  ['roles', '/settings/roles', /./],
  ['where one is signed in', '/settings/sessions', /./],
  ['keys', '/settings/keys', /./],
  ['environments', '/settings/environments', /./],
  ['the project', '/settings/project', /./],
  ['how long data is kept', '/settings/data', /./],
]

let shop: { url: string; email: string; password: string }
let remove: () => Promise<void>

test.beforeAll(async () => {
  test.setTimeout(240_000)
  const started = await startServer()
  remove = started.remove
  const installation: Installation = await setUp(started.server, 'Storefront')
  await prepareDemo(started.server.url, installation, () => undefined)
  shop = { url: started.server.url, ...installation }
})
test.afterAll(() => remove())

test.beforeEach(async ({ page }) => {
  await page.goto(`${shop.url}/sign-in`)
  await page.getByLabel('E-mail address').fill(shop.email)
  await page.getByLabel('Password', { exact: true }).fill(shop.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
})

/** Opens a page and waits until nothing on it is still loading: its stream, which never ends, is no loading. */
async function open(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${shop.url}/p/storefront${path}`)
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
  await expect(page.getByRole('status', { name: /loading/i })).toHaveCount(0)
  await page.waitForLoadState('networkidle')
}

const LAPTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

const flags = pages.findIndex(([name]) => name === 'flags')
for (const [what, some] of [['to decide', pages.slice(0, flags)], ['to control, and to look after', pages.slice(flags)]] as const) {
  test(`every page ${what} is accessible, in light and in dark, and fits a phone`, async ({ page }) => {
    test.setTimeout(360_000)
    for (const [name, path, heading] of some) {
      await test.step(name, async () => {
        await page.setViewportSize(LAPTOP)
        await open(page, path, heading)
        await expectAccessible(page, async (scheme) => { await keep(page, `${name}, ${scheme}`) })
        await page.setViewportSize(PHONE)
        await expect.soft.poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: `${name} scrolls sideways` }).toBeLessThanOrEqual(PHONE.width)
        await keep(page, `${name}, on a phone`)
      })
    }
  })
}

test('the metrics of an experiment fit their card on a laptop, also after the window was wider', async ({ page }) => {
  for (const experiment of ['EXP-1', 'EXP-2', 'EXP-3']) {
    await page.setViewportSize({ width: 1600, height: 900 })
    await open(page, `/experiments/${experiment}`, /./)
    const table = page.getByRole('region', { name: 'Metrics against control' })
    await expect(table).toBeVisible()
    await page.setViewportSize({ width: 1280, height: 900 })
    await expect.poll(() => table.evaluate((card) => card.scrollWidth - card.clientWidth), { message: experiment }).toBe(0)
  }
})

test('the verdicts of the shop are on their pages, in the words of the analysis', async ({ page }) => {
  for (const [path, words] of [['EXP-1', /express improved Order rate/], ['EXP-2', /countdown made Order rate worse/], ['EXP-3', /the plan asks for at least 14 days/]] as const) {
    await open(page, `/experiments/${path}`, /./)
    await expect(page.getByText(words).first()).toBeVisible()
  }
})
