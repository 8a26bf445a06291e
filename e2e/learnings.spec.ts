import type { Page } from '@playwright/test'
import { type Assay, expect, expectAccessible, routes, signIn, test } from './assay.ts'

const PEOPLE = 60

/** A past experiment with an assignment from elsewhere, in which express pay sold more; it waits for a decision. */
async function pastExperiment(assay: Assay): Promise<string> {
  const params = { project: assay.project }
  const { api } = assay
  await api.call(routes.createFlag, { params, body: { key: 'express-pay', name: 'Express pay', kind: 'experiment', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  await api.call(routes.createMetric, { params, body: { key: 'orders', name: 'Orders', description: '', type: 'conversion', event: 'order', direction: 'increase', unitLabel: '', windowHours: null } })
  const { key: hypothesis } = await api.call(routes.createHypothesis, {
    params,
    body: {
      title: 'Express pay at checkout', change: 'offer express pay at checkout', audience: 'returning shoppers', cohort: null, because: 'most leave at the address form', primaryMetric: 'orders', direction: 'increase', minimumEffect: 0.2,
      guardrails: [], secondaryMetrics: [], wrongIf: 'the whole interval lies below 20%', rollbackPlan: 'turn the flag off', maxExposure: 1, maxDays: 30, decider: 'Ada Admin, on Monday', forecast: { probability: 0.4, lift: 0.5 },
    },
  })
  const draft = await api.call(routes.createExperiment, {
    params,
    body: { hypothesis, setup: { flag: 'express-pay', environment: 'development', unitType: 'user', assignment: 'external', arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }], control: 'off', coverage: 1, mode: 'fixed', plannedUnits: 2 * PEOPLE, plannedDays: null, minDays: 0, alpha: 0.05, power: 0.8 } },
  })
  const at = { params: { ...params, experiment: draft.key } }
  await api.call(routes.startExperiment, { ...at, body: { basedOn: draft.revision, sealing: draft.sealing, reason: 'It ran elsewhere.' } })
  const past = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  const items = ['off', 'on'].flatMap((variant) => Array.from({ length: PEOPLE }, (_, i) => {
    const unit = `${variant}-${i}`
    const ordered = i % 10 < (variant === 'on' ? 7 : 2)
    return [
      { kind: 'exposure', id: crypto.randomUUID(), at: past(600), experiment: draft.key, phase: 1, unitType: 'user', unit, variant },
      ...(ordered ? [{ kind: 'event', id: crypto.randomUUID(), at: past(500), name: 'order', units: { user: unit } }] : []),
    ]
  }).flat())
  const answer = await fetch(new URL('/sdk/v1/events', assay.url), { method: 'POST', headers: { authorization: `Bearer ${await assay.key('development')}`, 'content-type': 'application/json' }, body: JSON.stringify({ sentAt: past(0), backfill: true, items }) })
  expect(await answer.json()).toMatchObject({ rejected: [] })
  await api.call(routes.analyseExperiment, at)
  return draft.key
}

async function decide(page: Page, learning: string): Promise<void> {
  await page.getByRole('button', { name: 'Record the decision' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Ship' }).check()
  await dialog.getByRole('textbox', { name: 'What was learned' }).fill(learning)
  await dialog.getByRole('button', { name: 'Record the decision' }).click()
  await expect(dialog).toBeHidden()
}

test('what an experiment taught is found by search, is shown to whoever has the same idea, and leaves tasks that are seen to', async ({ page, assay }) => {
  test.setTimeout(180_000)
  const experiment = await pastExperiment(assay)
  await signIn(page, assay)
  await page.goto(`${assay.url}/p/storefront/experiments/${experiment}`)
  await decide(page, 'People finish where they need not type an address.')
  const left = page.getByRole('region', { name: 'Left to do' })
  await expect(left.getByRole('checkbox', { name: 'Complete T-2' })).toBeVisible()
  await expectAccessible(page)

  // The library, by words that stand in another form in the text.
  await page.getByRole('link', { name: 'Learnings' }).click()
  await page.getByRole('searchbox', { name: 'Search learnings' }).fill('typing addresses')
  await expect(page.locator('mark', { hasText: 'address' }).first()).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(1)
  await expectAccessible(page)
  await page.getByRole('searchbox', { name: 'Search learnings' }).fill('zebra')
  await expect(page.getByRole('heading', { name: 'No learning matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByRole('article')).toHaveCount(1)

  // The next team has the same idea.
  await page.goto(`${assay.url}/p/storefront/hypotheses/new`)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Express pay in the app')
  await page.getByRole('textbox', { name: 'We believe that' }).fill('offering express pay and hiding the coupon field')
  await expect(page.getByText(/This may be several changes at once/)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Thought of before' })).toContainText('People finish where they need not type an address.')
  await page.getByRole('combobox', { name: 'It goes on from' }).click()
  await page.getByRole('option', { name: /Express pay at checkout/ }).click()
  await page.getByText('the same once more').click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save and close' }).click()
  await expect(page.getByRole('region', { name: 'How it goes on' })).toContainText('the same once more')
  await expect(page.getByRole('region', { name: 'A careful reader would ask' })).toContainText('several changes')

  // The tasks: somebody takes one on and completes it.
  await page.getByRole('link', { name: 'Tasks', exact: true }).click()
  await page.getByRole('button', { name: 'Change T-2' }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'Who does it' }).or(page.getByRole('dialog').getByRole('textbox', { name: 'Who does it' })).fill('Ada Admin')
  await page.keyboard.press('Tab')
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('tab', { name: /Mine/ }).click()
  await page.getByRole('checkbox', { name: 'Complete T-2' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Note' }).fill('Merged on Friday.')
  await page.getByRole('dialog').getByRole('button', { name: 'It is done' }).click()
  await page.getByRole('tab', { name: /Done/ }).click()
  await expect(page.getByText('Merged on Friday.')).toBeVisible()
  await expectAccessible(page)

  // The programme counts it.
  await page.getByRole('link', { name: 'Programme' }).click()
  await expect(page.getByRole('region', { name: 'Confirmed, of all that ended' })).toContainText('1 of 1 experiment')
  await expect(page.getByRole('region', { name: 'What is counted' }).first()).toContainText('Express pay at checkout')
  await expectAccessible(page)
})
