import { createClient } from '@assay/sdk'
import type { Locator, Page } from '@playwright/test'
import { type Assay, expect, expectAccessible, routes, signIn, test } from './assay.ts'

/** By the acknowledgement of the one SDK that is connected. */
const liveEverywhere = /^Live everywhere in \d+\.\d s, on the 1 connected SDK$/

async function createFlag(assay: Assay, key: string, name: string): Promise<void> {
  await assay.api.call(routes.createFlag, { params: { project: assay.project }, body: { key, name, kind: 'release', type: 'boolean', variants: [{ key: 'off', name: 'Off', value: false }, { key: 'on', name: 'On', value: true }] } })
}

/** Turns a flag on in an environment, with one variant for everyone. */
async function serve(assay: Assay, key: string, environment: string, variant: string): Promise<void> {
  const params = { project: assay.project, flag: key }
  const revision = (await assay.api.call(routes.getFlag, { params })).environments.find((one) => one.environment === environment)?.revision ?? 0
  await assay.api.call(routes.saveTargeting, { params: { ...params, environment }, body: { basedOn: revision, targeting: { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant } } } })
}

async function openFlag(page: Page, assay: Assay, key: string, environment: string): Promise<void> {
  await page.goto(`${assay.url}/p/${assay.project}/flags/${key}/targeting?env=${environment}`)
  await expect(page.getByRole('radiogroup', { name: 'Environment' })).toBeVisible()
}

/** Chooses an option of a Mantine select. */
async function choose(page: Page, select: Locator, option: string): Promise<void> {
  await select.click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test('a new flag is created, turned on in development, and a service sees it', async ({ page, assay }) => {
  const client = createClient({ url: assay.url, key: await assay.key('development') })
  try {
    expect(await client.ready()).toBe('ready')
    await signIn(page, assay)
    await page.goto(`${assay.url}/p/storefront/flags`)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'New flag' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New flag' })
    await expectAccessible(page)
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Welcome banner')
    await expect(dialog.getByRole('textbox', { name: 'Key', exact: true }).first()).toHaveValue('welcome-banner')
    await dialog.getByRole('button', { name: 'Create flag' }).click()
    await expect(page).toHaveURL(/\/flags\/welcome-banner\/targeting/)
    await expect(page.getByRole('radio', { name: /Production/ })).toHaveAttribute('aria-checked', 'false')
    await expectAccessible(page)

    await expect(page.getByText(liveEverywhere)).toBeVisible()
    await page.getByRole('switch', { name: 'Welcome banner is on in development' }).click({ force: true })
    await expect(page.getByText('On in development', { exact: true })).toBeVisible()
    await expect.poll(() => client.getBooleanDetails('welcome-banner', false, { targetingKey: 'customer-1' }).reason).toBe('STATIC')
    await expect(page.getByText(liveEverywhere)).toBeVisible()
  } finally {
    await client.close()
  }
})

test('a change of production is reviewed: before and after, a reason, and the key typed where more people meet it', async ({ page, assay }) => {
  await createFlag(assay, 'express-pay', 'Express pay')
  await serve(assay, 'express-pay', 'production', 'off')
  const client = createClient({ url: assay.url, key: await assay.key('production') })
  try {
    await client.ready()
    expect(client.getBoolean('express-pay', true, { targetingKey: 'customer-1', country: 'DE' })).toBe(false)
    await signIn(page, assay)
    await openFlag(page, assay, 'express-pay', 'production')
    await page.getByRole('button', { name: 'Edit what everyone else gets' }).click()
    await choose(page, page.getByRole('combobox', { name: 'Variant', exact: true }), 'On')
    const bar = page.getByRole('region', { name: 'Unsaved changes' })
    await expect(bar).toContainText('1 unsaved change')
    await bar.getByRole('button', { name: 'Review change' }).click()

    const sheet = page.getByRole('dialog', { name: 'Apply to Production' })
    await expect(sheet).toContainText('Everyone else')
    await expectAccessible(page)
    const apply = sheet.getByRole('button', { name: 'Apply to production' })
    await expect(apply).toBeDisabled()
    await sheet.getByLabel('Why now').fill('Held at half for a week')
    await expect(apply).toBeDisabled()
    await sheet.getByLabel(/Type express-pay to confirm/).fill('express-pay')
    await apply.click()
    await expect(sheet).toBeHidden()
    await expect.poll(() => client.getBoolean('express-pay', false, { targetingKey: 'customer-1' })).toBe(true)

    await page.getByRole('tab', { name: 'History' }).click()
    await expect(page.getByText('Held at half for a week')).toBeVisible()
    await expectAccessible(page)
  } finally {
    await client.close()
  }
})

test('turning off in production is one press on a phone, shows on every other page at once, and the reason is asked after', async ({ page, assay }) => {
  await createFlag(assay, 'promo', 'Promotion')
  await serve(assay, 'promo', 'production', 'on')
  const client = createClient({ url: assay.url, key: await assay.key('production') })
  try {
    await client.ready()
    expect(client.getBoolean('promo', false, { targetingKey: 'customer-1' })).toBe(true)
    await page.setViewportSize({ width: 390, height: 844 })
    const email = await assay.member('product_owner')
    await page.goto(`${assay.url}/sign-in`)
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(/\/p\/storefront/)
    await openFlag(page, assay, 'promo', 'production')
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    const elsewhere = await page.context().newPage()
    await openFlag(elsewhere, assay, 'promo', 'production')
    await expect(elsewhere.getByText('On in production', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Turn off now' }).click()
    await expect(elsewhere.getByText('Off in production', { exact: true })).toBeVisible()
    for (const one of [page, elsewhere]) await expect(one.getByText(liveEverywhere)).toBeVisible()
    await expect.poll(() => client.getBoolean('promo', true, { targetingKey: 'customer-1' })).toBe(false)
    const sheet = page.getByRole('dialog', { name: /is off in production/ })
    await sheet.getByLabel('Why').fill('Prices were wrong')
    await sheet.getByRole('button', { name: 'Record the reason' }).click()
    await expect(sheet).toBeHidden()
    await expect(page.getByText('Off in production', { exact: true })).toBeVisible()
  } finally {
    await client.close()
  }
})

test('somebody without the right reads why, and changes nothing', async ({ page, assay }) => {
  await createFlag(assay, 'locked', 'Locked away')
  await serve(assay, 'locked', 'production', 'on')
  await signIn(page, assay, await assay.member('viewer'))
  await openFlag(page, assay, 'locked', 'production')
  const button = page.getByRole('button', { name: 'Turn off now' })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(button).toHaveAccessibleDescription(/needs the role/)
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('On in production', { exact: true })).toBeVisible()
  await expectAccessible(page)
})

test('of two people who edit the same place, the second sees what was, what is live and theirs, and chooses', async ({ page, assay }) => {
  await createFlag(assay, 'shared', 'Shared')
  await serve(assay, 'shared', 'staging', 'off')
  await signIn(page, assay)
  await openFlag(page, assay, 'shared', 'staging')
  await page.getByRole('button', { name: 'Edit what everyone else gets' }).click()
  await choose(page, page.getByRole('combobox', { name: 'Variant', exact: true }), 'On')

  // Meanwhile somebody else gives everyone a split.
  const params = { project: assay.project, flag: 'shared' }
  const state = (await assay.api.call(routes.getFlag, { params })).environments.find((one) => one.environment === 'staging')
  await assay.api.call(routes.saveTargeting, {
    params: { ...params, environment: 'staging' },
    body: { basedOn: state?.revision ?? 0, targeting: { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { unit: 'user', salt: 'theirs', hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000 } } },
  })
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: /Save/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Somebody else saved first' })
  await expect(sheet.getByRole('columnheader', { name: /Live now/ })).toBeVisible()
  await expectAccessible(page)
  await sheet.getByRole('button', { name: 'Use mine' }).click()
  await expect(sheet).toBeHidden()
  await expect.poll(async () => (await assay.api.call(routes.getFlag, { params })).environments.find((one) => one.environment === 'staging')?.targeting.fallthrough).toEqual({ variant: 'on' })
})
