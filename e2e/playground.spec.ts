import type { Page } from '@playwright/test'
import type { Targeting } from '../server/src/contract/flags.ts'
import { type Assay, expect, expectAccessible, routes, signIn, test } from './assay.ts'

const variants = [{ key: 'control', name: 'Control', value: false }, { key: 'express', name: 'Express', value: true }]

async function save(assay: Assay, flag: string, edit: (targeting: Targeting) => Targeting): Promise<void> {
  const params = { project: assay.project, flag }
  const state = (await assay.api.call(routes.getFlag, { params })).environments.find(({ environment }) => environment === 'production')
  if (!state) throw new Error(`${flag} is not in production.`)
  await assay.api.call(routes.saveTargeting, { params: { ...params, environment: 'production' }, body: { basedOn: state.revision, targeting: edit(state.targeting) } })
}

/** A flag that gives customers in Germany Express; before, nobody. And one that is off. */
async function prepare(assay: Assay): Promise<void> {
  const params = { project: assay.project }
  const { flags } = await assay.api.call(routes.listFlags, { params, query: {} })
  if (flags.length > 0) return
  for (const [key, name] of [['express-pay', 'Express pay'], ['promo', 'Promotion']] as const) await assay.api.call(routes.createFlag, { params, body: { key, name, kind: 'release', type: 'boolean', variants } })
  await save(assay, 'express-pay', (targeting) => ({ ...targeting, enabled: true, fallthrough: { variant: 'control' } }))
  await save(assay, 'express-pay', (targeting) => ({ ...targeting, rules: [{ id: 'de', name: 'Germany', when: { attribute: 'country', op: 'in', values: ['DE'] }, serve: { variant: 'express' } }] }))
}

async function open(page: Page, assay: Assay, search = ''): Promise<void> {
  await page.goto(`${assay.url}/p/${assay.project}/playground${search}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Playground' })).toBeVisible()
}

const answer = (page: Page) => page.getByRole('region', { name: 'Express pay' })
const gets = (page: Page, variant: string) => expect(answer(page).getByRole('heading', { name: variant, exact: true })).toBeVisible()

test('the playground says what a context gets and why, now and before, and its address is the question', async ({ page, assay }) => {
  await prepare(assay)
  await signIn(page, assay)
  await page.getByRole('link', { name: 'Playground' }).click()
  await expect(page.getByRole('heading', { name: 'What it gets from every flag' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('radiogroup', { name: 'Environment' }).getByText('Production').click()
  await page.getByRole('textbox', { name: 'Search the flags' }).fill('express')
  await expect(page.getByText('1 of 2')).toBeVisible()
  await page.getByRole('button', { name: 'Ask why: Express pay' }).click()

  await gets(page, 'Control')
  await page.getByRole('textbox', { name: 'Value of targetingKey' }).pressSequentially('customer-1')
  await page.getByRole('button', { name: 'Add country' }).click()
  await page.getByRole('textbox', { name: 'Value of country' }).pressSequentially('DE')
  await gets(page, 'Express')
  await expect(answer(page)).toContainText('Rule 1, Germany, matches.')
  await expect(answer(page)).toContainText('country is "DE": it is "DE".')
  await expectAccessible(page)

  await page.getByText('A version', { exact: true }).click()
  await page.getByRole('button', { name: 'Version before' }).click()
  await expect(page.getByText('This is the past.')).toBeVisible()
  await expect(page.getByText('Now it gets Express.')).toBeVisible()
  await gets(page, 'Control')
  await expectAccessible(page)

  const other = await page.context().newPage()
  await other.goto(page.url())
  await gets(other, 'Control')
  await expect(other.getByRole('textbox', { name: 'Value of country' })).toHaveValue('DE')
  await other.getByRole('link', { name: 'Ask about now' }).click()
  await gets(other, 'Express')
  await other.close()
})

test('a moment in the past answers as it did then, and one before the first ruleset says so', async ({ page, assay }) => {
  await prepare(assay)
  const params = { project: assay.project, environment: 'production' }
  const { rulesets } = await assay.api.call(routes.listRulesets, { params, query: {} })
  const [, before] = rulesets
  if (!before) throw new Error('There is no earlier ruleset.')
  await signIn(page, assay)
  const question = { env: 'production', flag: 'express-pay', context: JSON.stringify({ country: 'DE' }) }
  await open(page, assay, `?${new URLSearchParams({ ...question, at: JSON.stringify(before.createdAt) }).toString()}`)
  await expect(answer(page)).toContainText(`Version ${before.version}`)
  await gets(page, 'Control')
  await page.getByLabel('What was live at').fill('2020-01-01T00:00')
  await expect(page.getByRole('alert')).toContainText('The first ruleset of production was published at')
  await expectAccessible(page)
})

test('the context goes into JSON and back, and what cannot be read is said', async ({ page, assay }) => {
  await prepare(assay)
  await signIn(page, assay)
  await open(page, assay, `?${new URLSearchParams({ env: 'production', flag: 'express-pay', context: JSON.stringify({ country: 'DE', company: { id: 'acme' } }) }).toString()}`)
  await page.getByRole('radiogroup', { name: 'How the context is written' }).getByText('JSON').click()
  const json = page.getByRole('textbox', { name: 'Context as JSON' })
  await json.fill('{ "country": ')
  await expect(page.getByText(/This is not JSON/)).toBeVisible()
  await expect(page.getByText('The context cannot be read yet. The answer is for what it was before.')).toBeVisible()
  await expectAccessible(page)
  await json.fill('{ "country": ["FR", "DE"] }')
  await gets(page, 'Express')
  await page.getByRole('radiogroup', { name: 'How the context is written' }).getByText('Attributes').click()
  await expect(page.getByRole('textbox', { name: 'Value of country' })).toHaveValue('["FR","DE"]')
})
