import { createClient } from '@assay/sdk'
import type { Page } from '@playwright/test'
import { completeDraft, completeSetup } from '../server/src/testing/drafts.ts'
import { askForFlags, type Assay, expect, expectAccessible, routes, signIn, test } from './assay.ts'

/** A draft in production with two equal arms, a tenth of the people and all that it needs but a service that asks. */
async function draftExperiment(assay: Assay): Promise<string> {
  const params = { project: assay.project }
  for (const [key, direction] of [['orders', 'increase'], ['refunds', 'decrease'], ['revenue', 'increase']] as const) {
    await assay.api.call(routes.createMetric, { params, body: { key, name: key, description: '', type: 'conversion', event: key, direction, unitLabel: '', windowHours: null } })
  }
  await assay.api.call(routes.createFlag, { params, body: { key: 'express-pay', name: 'Express pay', kind: 'experiment', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  await assay.api.call(routes.saveTargeting, { params: { ...params, flag: 'express-pay', environment: 'production' }, body: { basedOn: 1, targeting: { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'off' } } } })
  const hypothesis = await assay.api.call(routes.createHypothesis, { params, body: { ...completeDraft(), maxExposure: 1, guardrails: [{ metric: 'refunds', margin: null }] } })
  return (await assay.api.call(routes.createExperiment, { params, body: { hypothesis: hypothesis.key, setup: { ...completeSetup(), coverage: 0.1, plannedDays: 14 } } })).key
}

/** What a service gives each of 200 customers: `true` for those who meet the change. */
async function served(assay: Assay): Promise<Map<string, boolean>> {
  const client = createClient({ url: assay.url, key: await assay.key('production') })
  await client.ready()
  const met = new Map(Array.from({ length: 200 }, (_, index) => [`customer-${index}`, client.getBoolean('express-pay', false, { targetingKey: `customer-${index}` })]))
  await client.close()
  return met
}

async function change(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('an experiment is blocked, started, opened further, given other weights, stopped and resumed, and all of it stays on record', async ({ page, assay }) => {
  test.setTimeout(240_000)
  const key = await draftExperiment(assay)
  await signIn(page, assay)
  await page.goto(`${assay.url}/p/storefront/experiments/${key}`)

  // A guardrail without a limit and a silent service stand in the way, each with what puts it right.
  await expect(page.getByText('No SDK was heard from in production in the last hour')).toBeVisible()
  await expect(page.getByText('refunds says no limit')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start the experiment' })).toHaveAttribute('aria-disabled', 'true')
  await expectAccessible(page)
  const { sealing: { hypothesis: basedOn }, hypothesis } = await assay.api.call(routes.getExperiment, { params: { project: assay.project, experiment: key } })
  await assay.api.call(routes.saveHypothesis, { params: { project: assay.project, hypothesis }, body: { basedOn, draft: { ...completeDraft(), maxExposure: 1 } } })
  await askForFlags(assay)
  await page.reload()
  await page.getByRole('button', { name: 'Start the experiment' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Seal the plan and start' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Why it starts all the same' }).fill('Nothing was measured here before.')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Seal the plan and start' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('10% admitted')).toBeVisible()
  const first = await served(assay)

  await change(page, 'Share of the audience')
  await dialog.getByRole('textbox', { name: 'Share of the audience admitted' }).fill('100')
  const raise = dialog.getByRole('button', { name: 'Admit more' })
  await dialog.getByRole('textbox', { name: 'Why' }).fill('No errors so far.')
  await expect(raise).toBeDisabled()
  await dialog.getByRole('textbox', { name: /^Type EXP-1/ }).fill(key)
  await expectAccessible(page)
  await raise.click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('100% admitted')).toBeVisible()
  const second = await served(assay)
  expect([...first].filter(([customer, met]) => met && second.get(customer) !== true)).toEqual([])
  expect([...second.values()].filter(Boolean).length).toBeGreaterThan(70)

  await change(page, 'Variants and weights')
  await dialog.getByRole('textbox', { name: 'Weight of on' }).fill('3')
  await expect(dialog.getByText('2, which begins without data')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Why' }).fill('We need more people on it.')
  await dialog.getByRole('textbox', { name: /^Type EXP-1/ }).fill(key)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Begin phase 2' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('tab', { name: 'Setup' }).click()
  const phases = page.getByRole('region', { name: 'All phases' })
  await expect(phases.getByRole('row')).toHaveCount(3)
  await expect(phases).toContainText('off 1 : on 3')
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Results' }).click()

  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await dialog.getByRole('textbox', { name: 'Why' }).fill('The till is down.')
  await dialog.getByRole('button', { name: 'Stop the experiment' }).click()
  await expect(dialog).toBeHidden()
  expect([...(await served(assay)).values()].some(Boolean)).toBe(false)

  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Share of the audience admitted' })).toHaveValue('1%')
  await dialog.getByRole('textbox', { name: 'Share of the audience admitted' }).fill('50')
  await dialog.getByRole('textbox', { name: 'Why' }).fill('The till is back.')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('50% admitted')).toBeVisible()

  await page.getByRole('link', { name: 'Who did it, when and why' }).click()
  const log = page.getByRole('region', { name: 'Deviations from the sealed plan' })
  for (const why of ['No errors so far.', 'We need more people on it.', 'The till is down.', 'The till is back.']) await expect(log).toContainText(why)
  await expectAccessible(page)
  await page.goto(`${assay.url}/p/storefront/audit`)
  for (const words of ['changed the share of', 'began a new phase of', 'went on with']) await expect(page.getByText(words).first()).toBeVisible()
})
