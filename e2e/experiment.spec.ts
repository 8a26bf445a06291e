import { readFileSync } from 'node:fs'
import { createClient } from '@assay/sdk'
import type { Page } from '@playwright/test'
import { askForFlags, type Assay, expect, expectAccessible, routes, signIn, test } from './assay.ts'

const CUSTOMERS = 400

/** A flag that is on in production and serves control to everybody. */
async function createFlag(assay: Assay): Promise<void> {
  const params = { project: assay.project }
  await assay.api.call(routes.createFlag, { params, body: { key: 'express-pay', name: 'Express pay', kind: 'experiment', type: 'boolean', variants: [{ key: 'control', name: 'Control', value: false }, { key: 'express', name: 'Express', value: true }] } })
  await assay.api.call(routes.saveTargeting, { params: { ...params, flag: 'express-pay', environment: 'production' }, body: { basedOn: 1, targeting: { enabled: true, offVariant: 'control', prerequisites: [], rules: [], fallthrough: { variant: 'control' } } } })
}

async function pick(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).first().click()
}

/** Fills in the whole plan, question by question, up to its review. */
async function writePlan(page: Page, assay: Assay): Promise<void> {
  await page.goto(`${assay.url}/p/storefront/hypotheses`)
  await page.getByRole('link', { name: /hypothesis/i }).or(page.getByRole('button', { name: /hypothesis/i })).last().click()
  await expect(page.getByRole('heading', { name: 'What do we believe?' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Express pay at checkout')
  await page.getByRole('textbox', { name: 'We believe that' }).fill('offering express pay at checkout')
  await page.getByRole('textbox', { name: 'for', exact: true }).fill('everybody who checks out')
  await page.getByRole('textbox', { name: 'because' }).fill('most leave at the address form')
  await page.getByRole('button', { name: 'Save and continue' }).click()

  await expect(page.getByRole('heading', { name: 'How will we know?' })).toBeVisible()
  await page.getByRole('button', { name: 'New metric' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Orders placed')
  await dialog.getByRole('combobox', { name: 'Event' }).fill('order')
  await expectAccessible(page)
  // A window would make everybody wait for a verdict until theirs is over.
  await dialog.getByRole('checkbox', { name: 'Count only for some time after the first exposure' }).uncheck()
  await dialog.getByRole('button', { name: 'Create metric' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('combobox', { name: 'The one metric that decides' })).toHaveValue('Orders placed')
  await page.getByRole('textbox', { name: 'by at least' }).fill('20')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save and continue' }).click()

  await expect(page.getByRole('heading', { name: 'Who meets it, and how many?' })).toBeVisible()
  await page.getByRole('radio', { name: 'A flag that I choose now' }).check()
  await pick(page, 'Flag', 'Express pay')
  await pick(page, 'Environment', 'Production')
  await page.getByRole('textbox', { name: 'Planned people' }).fill(String(CUSTOMERS))
  await page.getByRole('textbox', { name: 'Days before any answer' }).fill('0')
  await page.getByRole('radio', { name: 'Once, at the end' }).check()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create experiment and continue' }).click()

  await expect(page.getByRole('heading', { name: 'What will we do with the answer?' })).toBeVisible()
  await page.getByRole('textbox', { name: 'We are wrong if' }).fill('the whole interval is below twenty percent')
  await page.getByRole('textbox', { name: 'The way back' }).fill('turn the flag off')
  await page.getByRole('textbox', { name: 'Most people who may meet the change' }).fill('100')
  await page.getByRole('textbox', { name: 'Longest it may run' }).fill('30')
  await page.getByRole('combobox', { name: 'Who decides' }).or(page.getByRole('textbox', { name: 'Who decides' })).fill('Ada Admin')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await expect(page.getByRole('heading', { name: 'Is this the plan?' })).toBeVisible()
}

/** What a service does: asks the flag for every customer, and tracks who orders. Express pay sells three times as much. */
async function serveCustomers(assay: Assay): Promise<Record<string, { people: number; orders: number }>> {
  const client = createClient({ url: assay.url, key: await assay.key('production') })
  await client.ready()
  const seen: Record<string, { people: number; orders: number }> = { control: { people: 0, orders: 0 }, express: { people: 0, orders: 0 } }
  for (let i = 0; i < CUSTOMERS; i++) {
    const context = { targetingKey: `customer-${i}` }
    const express = client.getBoolean('express-pay', false, context)
    const arm = seen[express ? 'express' : 'control']
    if (!arm) continue
    arm.people += 1
    if (i % 10 >= (express ? 6 : 2)) continue
    arm.orders += 1
    client.track('order', context, { value: 20 })
  }
  const counts = await client.flush()
  await client.close()
  expect(counts.dropped).toEqual({})
  return seen
}

test('a hypothesis becomes a sealed plan, people meet it, and the page gives the verdict that the numbers give', async ({ page, assay }) => {
  test.setTimeout(300_000)
  await createFlag(assay)
  await askForFlags(assay)
  await signIn(page, assay)
  await writePlan(page, assay)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Seal and start' }).click()
  const start = page.getByRole('dialog', { name: 'Seal and start Express pay at checkout' })
  // Nothing of it was measured or met before: that may be, with a reason.
  await start.getByRole('textbox', { name: 'Why now' }).fill('The first experiment of a new shop.')
  await start.getByRole('button', { name: 'Seal and start' }).click()
  await expect(page).toHaveURL(/\/experiments\/EXP-1/)

  const seen = await serveCustomers(assay)
  await page.getByRole('button', { name: 'Analyse now' }).click()
  await expect(page.getByText('Enough data to decide')).toBeVisible()
  const params = { project: assay.project, experiment: 'EXP-1' }
  const { analysis, planHash } = await assay.api.call(routes.getExperiment, { params })
  expect(analysis?.metrics[0]?.arms.map(({ arm, n, mean }) => [arm, n, Math.round((mean ?? 0) * n)])).toEqual(Object.entries(seen).map(([arm, { people, orders }]) => [arm, people, orders]))
  expect(analysis?.verdict).toMatchObject({ kind: 'confirmed', final: true })
  await expect(page.getByText(analysis?.verdict.sentence ?? 'no sentence')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Setup' }).click()
  await expect(page.getByText(planHash ?? 'no hash').first()).toBeAttached()
  await page.getByRole('tab', { name: 'Results' }).click()

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Whole page, JSON' }).click()])
  const exported = JSON.parse(readFileSync(await download.path(), 'utf8')) as { analysis: unknown }
  expect(exported.analysis).toEqual(analysis)
  for (const name of ['Results', 'Exposures', 'Events']) {
    await page.getByRole('button', { name, exact: true }).click()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()])
    const lines = readFileSync(await file.path(), 'utf8').trim().split(/\r?\n/)
    if (name === 'Exposures') expect(lines).toHaveLength(CUSTOMERS + 1)
    if (name === 'Events') expect(lines).toHaveLength((seen['control']?.orders ?? 0) + (seen['express']?.orders ?? 0) + 1)
    expect(lines.length).toBeGreaterThan(1)
  }

  await page.getByRole('button', { name: 'Record the decision' }).click()
  const decide = page.getByRole('dialog')
  await decide.getByRole('radio', { name: 'Ship' }).check()
  await decide.getByRole('textbox', { name: 'What was learned' }).fill('People finish where they need not type an address.')
  await expectAccessible(page)
  await decide.getByRole('button', { name: 'Record the decision' }).click()
  await expect(decide).toBeHidden()
  await expect(page.getByText('People finish where they need not type an address.')).toBeVisible()
  await page.goto(`${assay.url}/p/storefront/hypotheses`)
  await expect(page.getByRole('region', { name: /Adapt and improve/ })).toContainText('Express pay at checkout')
  await expectAccessible(page)
})
