import { randomUUID } from 'node:crypto'
import { createClient } from '@assay/sdk'
import type { Page } from '@playwright/test'
import { createApiClient } from '../server/src/cli/api-client.ts'
import { completeDraft, completeSetup } from '../server/src/testing/drafts.ts'
import { type Assay, expect, expectAccessible, PASSWORD, routes, signIn, test } from './assay.ts'

const HOUR_MS = 3_600_000
const PHONE = { width: 390, height: 844 }
const variants = [{ key: 'off', name: 'Off', value: false }, { key: 'on', name: 'On', value: true }]

async function createFlag(assay: Assay, key: string, name: string): Promise<number> {
  const { environments } = await assay.api.call(routes.createFlag, { params: { project: assay.project }, body: { key, name, kind: 'release', type: 'boolean', variants } })
  return environments.find(({ environment }) => environment === 'production')?.revision ?? 0
}

/** An experiment that was assigned elsewhere: so many people met each arm, and so many of them ordered. */
async function recordExperiment(assay: Assay, key: string, arms: Readonly<Record<'off' | 'on', readonly [people: number, orders: number]>>): Promise<string> {
  const params = { project: assay.project }
  await assay.api.call(routes.createMetric, { params, body: { key: `orders-${key}`, name: 'Orders placed', description: '', type: 'conversion', event: `order-${key}`, direction: 'increase', unitLabel: '', windowHours: null } })
  await createFlag(assay, key, `Flag ${key}`)
  const draft = { ...completeDraft(), title: `Express pay, ${key}`, primaryMetric: `orders-${key}`, guardrails: [], secondaryMetrics: [], minimumEffect: 0.1, maxExposure: 1 }
  const hypothesis = await assay.api.call(routes.createHypothesis, { params, body: draft })
  const people = arms.off[0] + arms.on[0]
  const created = await assay.api.call(routes.createExperiment, { params, body: { hypothesis: hypothesis.key, setup: { ...completeSetup(), flag: key, assignment: 'external', mode: 'always_valid', plannedUnits: people } } })
  const experiment = { ...params, experiment: created.key }
  await assay.api.call(routes.startExperiment, { params: experiment, body: { basedOn: created.revision, sealing: created.sealing, reason: 'It was measured elsewhere.' } })
  const at = (hours: number) => new Date(Date.now() - 20 * 24 * HOUR_MS + hours * HOUR_MS).toISOString()
  const items = (['off', 'on'] as const).flatMap((variant) => Array.from({ length: arms[variant][0] }, (_, index) => index).flatMap((index) => {
    const unit = `${key}-${variant}-${index}`
    const exposure = { kind: 'exposure', id: randomUUID(), at: at(index % 200), experiment: created.key, phase: 1, unitType: 'user', unit, variant }
    return index < arms[variant][1] ? [exposure, { kind: 'event', id: randomUUID(), at: at((index % 200) + 1), name: `order-${key}`, units: { user: unit } }] : [exposure]
  }))
  const authorization = `Bearer ${await assay.key('production')}`
  for (let from = 0; from < items.length; from += 1000) {
    const response = await fetch(`${assay.url}/sdk/v1/events`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify({ sentAt: new Date().toISOString(), backfill: true, items: items.slice(from, from + 1000) }) })
    expect(response.status).toBe(202)
  }
  await assay.api.call(routes.analyseExperiment, { params: experiment })
  return created.key
}

/** Presses a key until something has the focus. */
async function tabTo(page: Page, name: string | RegExp, role: 'button' | 'link' | 'menuitem' | 'tab' = 'button', key = 'Tab'): Promise<void> {
  const control = page.getByRole(role, { name }).first()
  await expect(control).toBeVisible()
  for (let presses = 0; presses < 80; presses++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  await expect(control).toBeFocused()
}

test('a cohort says how many people it takes in, and shows examples, while it is written', async ({ page, assay }) => {
  await createFlag(assay, 'asked', 'Asked')
  const client = createClient({ url: assay.url, key: await assay.key('production') })
  await client.ready()
  const countries = ['DE', 'FR', 'PL', 'PL', 'IT']
  // An SDK reports the attributes of a few people at a time.
  for (let index = 0; index < 20; index++) client.getBoolean('asked', false, { targetingKey: `customer-${index}`, country: countries[index % countries.length] ?? 'DE' })
  await client.flush()
  await client.close()
  const whole = { environment: 'production', unit: 'user', when: null, included: [], excluded: [] }
  await expect.poll(async () => (await assay.api.call(routes.previewCohort, { params: { project: assay.project }, body: whole })).basis.units, { timeout: 30_000 }).toBe(20)

  await signIn(page, assay)
  await page.goto(`${assay.url}/p/${assay.project}/cohorts/new`)
  await page.getByRole('button', { name: 'Condition', exact: true }).click()
  await page.getByRole('combobox', { name: 'Attribute' }).fill('country')
  for (const value of ['DE', 'FR']) {
    await page.locator('input[aria-label="Values"]').fill(value)
    await page.keyboard.press('Enter')
  }
  const size = page.getByRole('region', { name: 'Whom it takes in' })
  await expect(size).toContainText('8 of the 20 people seen lately')
  await expect(size.getByRole('listitem')).toHaveCount(5)
  for (const example of await size.getByRole('listitem').all()) await expect(example).toContainText(/country (DE|FR)/)
  await expect(size).toContainText(/Counted .*(now|second)/)
  await expectAccessible(page)
})

test('a split that is not the planned one hides lift, table and exports; looking all the same is on record', async ({ page, assay }) => {
  const experiment = await recordExperiment(assay, 'uneven', { off: [530, 53], on: [370, 74] })
  await signIn(page, assay)
  await page.goto(`${assay.url}/p/${assay.project}/experiments/${experiment}`)
  await expect(page.getByText('Do not trust', { exact: false }).first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Metrics against control' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Whole page, JSON' })).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Look for the cause first' }).click()
  await expect(page).toHaveURL(/\/health$/)
  await page.goBack()
  await page.getByRole('button', { name: 'Show numbers anyway' }).click()
  await expect(page.getByRole('region', { name: 'Metrics against control' })).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${assay.url}/p/${assay.project}/audit`)
  await expect(page.getByText('looked at the hidden numbers of').first()).toBeVisible()
})

test('with the keyboard alone, in dark: a flag that is done with is found, archived in spite of those who ask, and brought back', async ({ page, assay }) => {
  const revision = await createFlag(assay, 'litter', 'Old banner')
  const flag = { project: assay.project, flag: 'litter' }
  await assay.api.call(routes.turnOn, { params: { ...flag, environment: 'production' }, body: { basedOn: revision } })
  // Its day has passed: it stands in the view of what is to be cleaned up.
  const { revision: basedOn } = await assay.api.call(routes.getFlag, { params: flag })
  await assay.api.call(routes.updateFlag, { params: flag, body: { basedOn, expectedRemoval: '2024-01-31' } })
  const client = createClient({ url: assay.url, key: await assay.key('production') })
  try {
    await client.ready()
    client.getBoolean('litter', false, { targetingKey: 'customer-1' })
    await client.flush()
    await page.emulateMedia({ colorScheme: 'dark' })
    await signIn(page, assay)
    await expect(async () => {
      await page.keyboard.press('ControlOrMeta+k')
      await expect(page.getByRole('textbox', { name: 'Search or run a command' })).toBeVisible({ timeout: 1_000 })
    }).toPass()
    await page.keyboard.type('flags to clean')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/view=cleanup/)
    await expect(page.getByRole('link', { name: 'Old banner' })).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('j')
    await expect(page.getByRole('link', { name: 'Old banner' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/flags\/litter\/targeting/)

    await tabTo(page, 'Actions of Old banner')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Archive', 'menuitem', 'ArrowDown')
    await page.keyboard.press('Enter')
    const archive = page.getByRole('dialog', { name: 'Archive Old banner' })
    await expect(archive).toContainText(/Production: 1 decisions? in the last 24 hours/)
    await expect(archive).toContainText('1 connected SDK')
    await expectAccessible(page)
    await page.keyboard.type('Everybody has the new one')
    await tabTo(page, 'Archive anyway')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^Archived \d/)).toBeVisible()
    await expectAccessible(page)
    await tabTo(page, 'Unarchive')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Old banner is back')).toBeVisible()
  } finally {
    await client.close()
  }
})

test('on a phone a change is approved and a verdict is read', async ({ page, assay }) => {
  const { environments } = await assay.api.call(routes.getProject, { params: { project: assay.project } })
  const staging = environments.find(({ key }) => key === 'staging')
  if (!staging) throw new Error('There is no staging.')
  await assay.api.call(routes.updateEnvironment, { params: { project: assay.project, environment: 'staging' }, body: { basedOn: staging.revision, policy: { ...staging.policy, approvals: 1 } } })
  await createFlag(assay, 'reviewed', 'Reviewed')
  const author = createApiClient(assay.url)
  await author.call(routes.signIn, { body: { email: await assay.member('engineer'), password: PASSWORD } })
  const state = (await assay.api.call(routes.getFlag, { params: { project: assay.project, flag: 'reviewed' } })).environments.find(({ environment }) => environment === 'staging')
  if (!state) throw new Error('The flag is not in staging.')
  const { key } = await author.call(routes.proposeChange, { params: { project: assay.project, flag: 'reviewed', environment: 'staging' }, body: { basedOn: state.revision, targeting: { ...state.targeting, enabled: true, fallthrough: { variant: 'on' } }, reason: 'On for everybody.' } })
  const experiment = await recordExperiment(assay, 'even', { off: [450, 45], on: [450, 135] })

  await signIn(page, assay)
  await page.setViewportSize(PHONE)
  await page.goto(`${assay.url}/p/${assay.project}/changes/${key}`)
  await page.getByRole('radio', { name: 'Approve' }).check()
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(page.getByRole('img', { name: '1 of 1 approvals' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
  await expectAccessible(page)

  await page.goto(`${assay.url}/p/${assay.project}/experiments/${experiment}`)
  const { analysis } = await assay.api.call(routes.getExperiment, { params: { project: assay.project, experiment } })
  const sentence = page.getByText(analysis?.verdict.sentence ?? 'no sentence').first()
  await expect(sentence).toBeVisible()
  expect((await sentence.boundingBox())?.y).toBeLessThan(PHONE.height)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
  await expectAccessible(page)
})
