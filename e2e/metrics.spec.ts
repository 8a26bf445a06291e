import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type Assay, expect, expectAccessible, signIn, test } from './assay.ts'

const PEOPLE = 60

/** So long ago that every window is over. Everybody visits; every second one orders by card, every third of those by invoice as well. */
async function recordEvents(assay: Assay): Promise<void> {
  const secret = await assay.key('production')
  const start = Date.now() - 20 * 24 * 3_600_000
  const event = (name: string, person: number, minutes: number, more: object = {}) => ({ kind: 'event', id: randomUUID(), at: new Date(start + (person * 60 + minutes) * 60_000).toISOString(), name, units: { user: `p-${person}` }, ...more })
  const items = Array.from({ length: PEOPLE }, (_, person) => [
    event('visit', person, 0),
    ...(person % 2 === 0 ? [event('order', person, 5, { value: 10 + (person % 10), properties: { method: 'card', items: 2 } })] : []),
    ...(person % 6 === 0 ? [event('order', person, 9, { value: 500, properties: { method: 'invoice', items: 40 } })] : []),
  ]).flat()
  const response = await fetch(new URL('/sdk/v1/events', assay.url), { method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }, body: JSON.stringify({ sentAt: new Date().toISOString(), backfill: true, items }) })
  expect(await response.json()).toMatchObject({ rejected: [] })
}

async function choose(page: Page, label: string, typed: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name: typed }).click()
}

test('a ratio is written from events that services recorded, looked at, changed, and its history read', async ({ page, assay }) => {
  await recordEvents(assay)
  await signIn(page, assay)
  await page.goto(`${assay.url}/p/storefront/metrics`)
  await expect(page.getByRole('heading', { name: 'Nothing is measured yet' })).toBeVisible()
  await page.getByRole('button', { name: 'New metric' }).click()
  const dialog = page.getByRole('dialog', { name: 'New metric' })
  await dialog.getByRole('button', { name: 'Create metric' }).click()
  await expect(dialog.getByText('Give it a name.')).toBeVisible()
  await expect(dialog.getByText('Name the event.')).toBeVisible()
  await expectAccessible(page)

  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Value per visit')
  await dialog.getByRole('radio', { name: 'One total over another' }).check()
  await choose(page, 'Event above the line', 'order')
  await choose(page, 'Event below the line', 'visit')
  // 30 orders by card of 10 to 18, and 10 of 500, over 60 visits.
  await expect(dialog.getByText('90.3', { exact: true })).toBeVisible()

  await dialog.getByRole('button', { name: 'Only some of them' }).first().click()
  const condition = dialog.getByRole('group', { name: 'Condition' })
  await condition.getByRole('combobox', { name: 'Property' }).click()
  await page.getByRole('option', { name: 'method' }).click()
  await dialog.getByRole('textbox', { name: 'Value', exact: true }).first().fill('card')
  await expect(dialog.getByText('order where method is card')).toBeVisible()
  await expect(dialog.getByText('7.00', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Create metric' }).click()
  await expect(dialog).toBeHidden()

  await page.getByRole('link', { name: 'Value per visit' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Value per visit' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Newest events' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Smallest change by number of people' })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Edit' }).click()
  const change = page.getByRole('dialog', { name: 'Change Value per visit' })
  await change.getByRole('textbox', { name: 'Owner' }).fill('Checkout')
  await change.getByText('Capped at a value').click()
  await change.getByRole('textbox', { name: 'Value of the cap' }).fill('12')
  await change.getByRole('textbox', { name: 'Why it changes' }).fill('Large orders are rare.')
  await change.getByRole('button', { name: 'Save metric' }).click()
  await expect(change).toBeHidden()

  await expect(page.getByText('Large orders are rare.')).toBeVisible()
  await expect(page.getByText('Changed owner, cap')).toBeVisible()
  const history = page.getByRole('region', { name: 'History' })
  await expect(history.getByText('Checkout')).toBeVisible()
  await expect(history.getByText('Sums above 12 count as that.')).toBeVisible()
  await expectAccessible(page)
})
