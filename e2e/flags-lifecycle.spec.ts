import { createClient } from '@assay/sdk'
import type { Page } from '@playwright/test'
import type { FlagEnvironment, Targeting } from '../server/src/contract/flags.ts'
import { type Assay, expect, expectAccessible, routes, signIn, test } from './assay.ts'

const onFor = (variant: string): Targeting => ({ enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant } })

async function createFlag(assay: Assay, key: string, name: string): Promise<void> {
  await assay.api.call(routes.createFlag, { params: { project: assay.project }, body: { key, name, kind: 'release', type: 'boolean', variants: [{ key: 'off', name: 'Off', value: false }, { key: 'on', name: 'On', value: true }] } })
}

async function stateOf(assay: Assay, flag: string, environment: string): Promise<FlagEnvironment> {
  const state = (await assay.api.call(routes.getFlag, { params: { project: assay.project, flag } })).environments.find((one) => one.environment === environment)
  if (!state) throw new Error(`${flag} is not in ${environment}.`)
  return state
}

/** Saves what a flag does in an environment. */
async function save(assay: Assay, flag: string, environment: string, targeting: Targeting): Promise<void> {
  const { revision } = await stateOf(assay, flag, environment)
  await assay.api.call(routes.saveTargeting, { params: { project: assay.project, flag, environment }, body: { basedOn: revision, targeting, reason: 'Prepared' } })
}

async function openFlag(page: Page, assay: Assay, flag: string, tab: string): Promise<void> {
  await page.goto(`${assay.url}/p/${assay.project}/flags/${flag}/${tab}`)
  await expect(page.getByRole('tablist')).toBeVisible()
}

test('a flag that services still ask for is archived with a warning, brought back, cloned and deleted', async ({ page, assay }) => {
  await createFlag(assay, 'old-banner', 'Old banner')
  await save(assay, 'old-banner', 'production', onFor('on'))
  const client = createClient({ url: assay.url, key: await assay.key('production') })
  try {
    await client.ready()
    expect(client.getBoolean('old-banner', false, { targetingKey: 'customer-1' })).toBe(true)
    await client.flush()
    await expect.poll(async () => (await assay.api.call(routes.listUsage, { params: { project: assay.project }, query: {} })).flags.find(({ flag }) => flag === 'old-banner')?.environments.some(({ lastEvaluatedAt }) => lastEvaluatedAt !== null)).toBe(true)
    await signIn(page, assay)
    await openFlag(page, assay, 'old-banner', 'targeting')

    await page.getByRole('button', { name: 'Actions of Old banner' }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    const archive = page.getByRole('dialog', { name: 'Archive Old banner' })
    await expect(archive).toContainText(/Production: 1 decisions? in the last 24 hours/)
    await expect(archive).toContainText('1 connected SDK')
    await expectAccessible(page)
    await archive.getByLabel('Why').fill('Everybody has the new one')
    await archive.getByRole('button', { name: 'Archive anyway' }).click()
    await expect(page.getByText(/^Archived \d/)).toBeVisible()
    await expect.poll(() => client.getBooleanDetails('old-banner', false, { targetingKey: 'customer-1' }).errorCode).toBe('FLAG_NOT_FOUND')
    await expectAccessible(page)

    await page.goto(`${assay.url}/p/${assay.project}/flags?view=archived`)
    await page.getByRole('link', { name: 'Old banner' }).click()
    await page.getByRole('button', { name: 'Unarchive' }).click()
    await expect(page.getByText('Old banner is back')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Serving state' })).toBeVisible()
    expect((await stateOf(assay, 'old-banner', 'production')).targeting.enabled).toBe(false)

    await page.getByRole('button', { name: 'Actions of Old banner' }).click()
    await page.getByRole('menuitem', { name: 'Clone' }).click()
    const clone = page.getByRole('dialog', { name: 'Clone Old banner' })
    await clone.getByRole('textbox', { name: 'Key', exact: true }).fill('old-banner')
    await clone.getByRole('button', { name: 'Clone flag' }).click()
    await expect(clone).toContainText('exists already')
    await clone.getByRole('textbox', { name: 'Key', exact: true }).fill('new-banner')
    await expectAccessible(page)
    await clone.getByRole('button', { name: 'Clone flag' }).click()
    await expect(page).toHaveURL(/\/flags\/new-banner\/targeting/)

    await page.getByRole('button', { name: 'Actions of Old banner copy' }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Archive flag' }).click()
    await page.getByRole('button', { name: 'Delete for good' }).click()
    const remove = page.getByRole('dialog', { name: 'Delete Old banner copy' })
    await expect(remove).toContainText('never used again')
    await expectAccessible(page)
    await remove.getByRole('textbox').fill('new-banner')
    await remove.getByRole('button', { name: 'Delete for good' }).click()
    await expect(page.getByText('The archive is empty')).toBeVisible()
    await expect(assay.api.call(routes.createFlag, { params: { project: assay.project }, body: { key: 'new-banner', name: 'Again', kind: 'release', type: 'boolean', variants: [{ key: 'on', value: true }] } })).rejects.toThrow('belonged to a flag that was deleted')
  } finally {
    await client.close()
  }
})

test('an earlier revision comes back after a review that shows the difference', async ({ page, assay }) => {
  await createFlag(assay, 'prices', 'Prices')
  await save(assay, 'prices', 'production', onFor('off'))
  const { revision } = await stateOf(assay, 'prices', 'production')
  await save(assay, 'prices', 'production', onFor('on'))
  await signIn(page, assay)
  await openFlag(page, assay, 'prices', 'history')
  await expectAccessible(page)
  await page.getByRole('button', { name: `Restore revision ${revision}` }).click()
  const sheet = page.getByRole('dialog', { name: `Restore revision ${revision} in production` })
  await expect(sheet).toContainText('On to Off')
  await expect(sheet.getByRole('region', { name: 'Who moves' })).toContainText(/was seen here yet|seen since/)
  await expectAccessible(page)
  await sheet.getByLabel('Why now').fill('The prices were wrong')
  await sheet.getByRole('button', { name: 'Apply to production' }).click()
  await expect(sheet).toBeHidden()
  await expect.poll(async () => (await stateOf(assay, 'prices', 'production')).targeting.fallthrough).toEqual({ variant: 'off' })
  await expect(page.getByText('The prices were wrong')).toBeVisible()
})

test('what staging does is compared with production and brought over', async ({ page, assay }) => {
  await createFlag(assay, 'search', 'Search')
  await save(assay, 'search', 'staging', { ...onFor('off'), rules: [{ id: 'staff', name: 'Staff first', when: { attribute: 'email', op: 'ends_with', values: ['@example.com'] }, serve: { variant: 'on' } }] })
  await signIn(page, assay)
  await page.goto(`${assay.url}/p/${assay.project}/compare?from=staging&to=production`)
  await expect(page.getByRole('region', { name: 'Search' })).toContainText('Staff first')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Compare Search and bring it over' }).click()
  await page.getByRole('button', { name: 'Bring staging’s targeting to production' }).click()
  const sheet = page.getByRole('dialog', { name: 'Bring staging’s targeting to production' })
  await expect(sheet).toContainText('Staff first')
  await sheet.getByLabel('Why now').fill('Held for a week in staging')
  await sheet.getByLabel(/Type search to confirm/).fill('search')
  await sheet.getByRole('button', { name: 'Apply to production' }).click()
  await expect(page.getByRole('heading', { name: 'No differences' })).toBeVisible()
  await expectAccessible(page)
  expect((await stateOf(assay, 'search', 'production')).targeting.rules.map(({ name }) => name)).toEqual(['Staff first'])
})

test('the list keeps its filters in the address, and tags several flags at once by keyboard', async ({ page, assay }) => {
  await createFlag(assay, 'basket', 'Basket')
  await createFlag(assay, 'receipt', 'Receipt')
  await signIn(page, assay)
  await page.goto(`${assay.url}/p/${assay.project}/flags?view=mine&q=e`)
  await expect(page.getByRole('tab', { name: /^Mine/ })).toHaveAttribute('aria-selected', 'true')
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Search flags' }).fill('basket')
  await expect(page).toHaveURL(/q=basket/)
  await page.getByRole('textbox', { name: 'Search flags' }).fill('')
  await page.getByRole('checkbox', { name: 'Select Receipt' }).focus()
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  const bar = page.getByRole('region', { name: 'Selected flags' })
  await expect(bar).toContainText('2 flags selected')
  await expectAccessible(page)
  await bar.getByRole('button', { name: 'Add a tag' }).click()
  await page.getByRole('combobox', { name: 'Tag', exact: true }).fill('checkout')
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 flags tagged checkout')).toBeVisible()
  await page.goto(`${assay.url}/p/${assay.project}/flags?tag=checkout`)
  await expect(page.getByText('2 of', { exact: false })).toBeVisible()
})

test('an environment under review takes proposals, and past it goes only an admin with a reason', async ({ page, context, assay }) => {
  await createFlag(assay, 'checkout', 'Checkout')
  const params = { project: assay.project }
  await assay.api.call(routes.updateEnvironment, { params: { ...params, environment: 'production' }, body: { basedOn: 1, policy: { approvals: 1, approvers: ['engineer', 'admin'], requireReason: true } } })
  try {
    await signIn(page, assay, await assay.member('engineer'))
    await openFlag(page, assay, 'checkout', 'targeting?env=production')
    await page.getByRole('button', { name: 'Turn on' }).click()
    const ask = page.getByRole('dialog', { name: 'Turn on in production' })
    await expect(ask.getByText('Without approval')).toHaveCount(0)
    await expectAccessible(page)
    await ask.getByLabel('Why now').fill('Ready')
    await ask.getByRole('button', { name: 'Ask for a review' }).click()
    await expect(page.getByText(/CH-\d+ waits for a review/)).toBeVisible()
    expect((await stateOf(assay, 'checkout', 'production')).targeting.enabled).toBe(false)
    await page.goto(`${assay.url}/p/${assay.project}/flags?view=review`)
    await expect(page.getByRole('img', { name: '1 change waiting for review or for its time' })).toBeVisible()

    await context.clearCookies()
    await signIn(page, assay)
    await openFlag(page, assay, 'checkout', 'targeting?env=production')
    await page.getByRole('button', { name: 'Turn on' }).click()
    const past = page.getByRole('dialog', { name: 'Turn on in production' })
    await past.getByText('Without approval', { exact: true }).click()
    const apply = past.getByRole('button', { name: 'Apply without approval' })
    await expect(apply).toBeDisabled()
    await past.getByLabel('Why now').fill('The shop is down')
    await expect(apply).toBeDisabled()
    await past.getByLabel(/Type checkout to confirm/).fill('checkout')
    await apply.click()
    await expect(page.getByText('On in production', { exact: true })).toBeVisible()
  } finally {
    await assay.api.call(routes.updateEnvironment, { params: { ...params, environment: 'production' }, body: { basedOn: 2, policy: { approvals: 0, approvers: ['engineer', 'admin'], requireReason: false } } })
  }
})
