import { createClient } from '@assay/sdk'
import type { Page } from '@playwright/test'
import { type ApiClient, createApiClient } from '../server/src/cli/api-client.ts'
import type { Change } from '../server/src/contract/changes.ts'
import type { Targeting } from '../server/src/contract/flags.ts'
import { type Assay, expect, expectAccessible, PASSWORD, routes, signIn, test } from './assay.ts'

async function createFlag(assay: Assay, key: string, name: string): Promise<void> {
  await assay.api.call(routes.createFlag, { params: { project: assay.project }, body: { key, name, kind: 'release', type: 'string', variants: [{ key: 'control', name: 'Control', value: 'a' }, { key: 'express', name: 'Express', value: 'b' }, { key: 'slow', name: 'Slow', value: 'c' }] } })
  for (const environment of ['staging', 'production']) await save(assay, key, environment, (targeting) => ({ ...targeting, enabled: true, fallthrough: { variant: 'control' } }))
}

async function live(assay: Assay, flag: string, environment: string): Promise<{ revision: number; targeting: Targeting }> {
  const found = (await assay.api.call(routes.getFlag, { params: { project: assay.project, flag } })).environments.find((state) => state.environment === environment)
  if (!found) throw new Error(`${flag} is not in ${environment}.`)
  return found
}

async function save(assay: Assay, flag: string, environment: string, edit: (targeting: Targeting) => Targeting): Promise<void> {
  const { revision, targeting } = await live(assay, flag, environment)
  await assay.api.call(routes.saveTargeting, { params: { project: assay.project, flag, environment }, body: { basedOn: revision, targeting: edit(targeting), reason: 'Meanwhile' } })
}

async function propose(assay: Assay, by: ApiClient, flag: string, environment: string, variant: string): Promise<Change> {
  const { revision, targeting } = await live(assay, flag, environment)
  return by.call(routes.proposeChange, { params: { project: assay.project, flag, environment }, body: { basedOn: revision, targeting: { ...targeting, fallthrough: { variant } }, reason: `${variant} for everybody. It was quiet for a week.` } })
}

/** How many approvals a change needs in an environment. */
async function need(assay: Assay, environment: string, approvals: number): Promise<void> {
  const params = { project: assay.project }
  const known = (await assay.api.call(routes.getProject, { params })).environments.find(({ key }) => key === environment)
  if (!known) throw new Error(`There is no ${environment}.`)
  await assay.api.call(routes.updateEnvironment, { params: { ...params, environment }, body: { basedOn: known.revision, policy: { ...known.policy, approvals } } })
}

async function as(assay: Assay, email: string): Promise<ApiClient> {
  const api = createApiClient(assay.url)
  await api.call(routes.signIn, { body: { email, password: PASSWORD } })
  return api
}

async function openChange(page: Page, assay: Assay, key: string): Promise<void> {
  await page.goto(`${assay.url}/p/${assay.project}/changes/${key}`)
  await expect(page.getByRole('heading', { level: 2, name: 'What it changes' })).toBeVisible()
}

test('what one person proposes another approves, nobody their own, and it goes live when it is applied', async ({ page, context, assay }) => {
  test.setTimeout(180_000)
  await createFlag(assay, 'express-pay', 'Express pay')
  const client = createClient({ url: assay.url, key: await assay.key('production') })
  const [author, reviewer] = [await assay.member('engineer'), await assay.member('engineer')]
  try {
    await client.ready()
    await signIn(page, assay)
    await page.goto(`${assay.url}/p/${assay.project}/settings/environments`)
    await page.getByRole('button', { name: 'Change Production' }).click()
    const policy = page.getByRole('dialog', { name: 'Change Production' })
    await policy.getByLabel('Approvals').fill('1')
    await expect(policy.getByText(/Saving a flag here is refused without approval/)).toBeVisible()
    await expectAccessible(page)
    await policy.getByRole('button', { name: 'Save production' }).click()
    await expect(page.getByText('Changes need a reason and 1 approval of an engineer or an admin other than the author.')).toBeVisible()

    const { key } = await propose(assay, await as(assay, author), 'express-pay', 'production', 'express')
    await context.clearCookies()
    await signIn(page, assay, author)
    await openChange(page, assay, key)
    await expect(page.getByText('You proposed this, so somebody else has to approve it.')).toBeVisible()
    await expect(page.getByRole('radio', { name: 'Approve' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: /^Apply/ })).toHaveCount(0)
    await expectAccessible(page)

    await context.clearCookies()
    await signIn(page, assay, reviewer)
    await page.getByRole('link', { name: /Changes.*1 waits for you/ }).click()
    await expect(page.getByRole('tab', { name: /Waiting for me/ })).toHaveAttribute('aria-selected', 'true')
    await expectAccessible(page)
    await page.getByRole('link', { name: /express for everybody/ }).click()
    await page.getByRole('button', { name: 'Review it' }).click()
    await expect(page.getByRole('textbox', { name: 'Your review' })).toBeFocused()
    await page.getByRole('textbox', { name: 'Your review' }).fill('Looked at latency.')
    await page.getByRole('radio', { name: 'Approve' }).check()
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    await expect(page.getByText('Looked at latency.')).toBeVisible()
    await expect(page.getByRole('img', { name: '1 of 1 approvals' })).toBeVisible()
    expect(client.getString('express-pay', 'none', { targetingKey: 'customer-1' })).toBe('a')

    await page.getByRole('button', { name: 'Apply to production' }).click()
    const sheet = page.getByRole('dialog', { name: `Apply ${key} to production` })
    await expect(sheet.getByText('Control to Express')).toBeVisible()
    await expectAccessible(page)
    await sheet.getByRole('button', { name: 'Apply to production' }).click()
    await expect(page.getByRole('heading', { name: 'Applied to production' })).toBeVisible()
    await expect(page.getByText(/^Live everywhere in \d+\.\d s, on the 1 connected SDK$/)).toBeVisible()
    await expect.poll(() => client.getString('express-pay', 'none', { targetingKey: 'customer-1' })).toBe('b')
    await page.getByRole('link', { name: 'Changes', exact: true }).last().click()
    await page.getByRole('tab', { name: /Done/ }).click()
    await expect(page.getByRole('link', { name: /express for everybody/ })).toBeVisible()
  } finally {
    await client.close()
    await need(assay, 'production', 0)
  }
})

test('an approval of an earlier version is out of date, and asking for changes holds the change back', async ({ page, assay }) => {
  await createFlag(assay, 'search', 'Search')
  await need(assay, 'staging', 1)
  try {
    const { key, revision } = await propose(assay, assay.api, 'search', 'staging', 'express')
    const engineer = await as(assay, await assay.member('engineer'))
    const review = (of: number, verdict: 'approved' | 'changes_requested', comment: string) => engineer.call(routes.reviewChange, { params: { project: assay.project, change: key }, body: { revision: of, verdict, comment } })
    await review(revision, 'approved', '')
    await signIn(page, assay)
    await openChange(page, assay, key)
    await page.getByRole('button', { name: 'Schedule or edit' }).click()
    const sheet = page.getByRole('dialog', { name: `Edit ${key}` })
    await expect(sheet.getByText(/the approval given so far no longer counts/)).toBeVisible()
    await expectAccessible(page)
    await sheet.getByLabel('Why').fill('Express for everybody, before the sale.')
    await sheet.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Given for an earlier version of the proposal')).toBeVisible()
    await expect(page.getByText(/It needs 1 more approval/)).toBeVisible()
    await review(revision + 1, 'changes_requested', 'Not before the sale.')
    await expect(page.getByText(/asked for changes. Revise it, or withdraw it./)).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Withdraw' }).click()
    await page.getByRole('dialog', { name: `Withdraw ${key}` }).getByRole('button', { name: 'Withdraw' }).click()
    await expect(page.getByRole('heading', { name: 'Withdrawn' })).toBeVisible()
    expect((await live(assay, 'search', 'staging')).targeting.fallthrough).toEqual({ variant: 'control' })
  } finally {
    await need(assay, 'staging', 0)
  }
})

test('where live moved on in other places both are kept; in the same place nothing is written until the author chooses', async ({ page, assay }) => {
  await createFlag(assay, 'banner', 'Banner')
  const { key } = await propose(assay, assay.api, 'banner', 'staging', 'express')
  await save(assay, 'banner', 'staging', (targeting) => ({ ...targeting, offVariant: 'slow' }))
  await signIn(page, assay)
  await openChange(page, assay, key)
  await expect(page.getByText('Live moved on since, in other places.')).toBeVisible()
  await page.getByText('Live meanwhile').click()
  await expect(page.getByText('While off')).toBeVisible()
  await expectAccessible(page)

  await save(assay, 'banner', 'staging', (targeting) => ({ ...targeting, fallthrough: { variant: 'slow' } }))
  await expect(page.getByRole('heading', { name: 'In conflict with what is live' })).toBeVisible()
  await expect(page.getByRole('row', { name: /^Everyone else/ })).toContainText(/Control.*Slow.*Express/)
  await expectAccessible(page)
  expect((await live(assay, 'banner', 'staging')).targeting.fallthrough).toEqual({ variant: 'slow' })
  await page.getByRole('button', { name: 'Use mine' }).click()
  await expect(page.getByRole('heading', { name: 'Approved' })).toBeVisible()
  await page.getByRole('button', { name: 'Apply to staging' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Apply to staging' }).click()
  await expect(page.getByRole('heading', { name: 'Applied to staging' })).toBeVisible()
  expect((await live(assay, 'banner', 'staging')).targeting).toMatchObject({ fallthrough: { variant: 'express' }, offVariant: 'slow' })
})

test('a change with a time applies by itself', async ({ page, assay }) => {
  test.setTimeout(240_000)
  await createFlag(assay, 'night', 'Night')
  const { key } = await propose(assay, assay.api, 'night', 'staging', 'slow')
  await signIn(page, assay)
  await openChange(page, assay, key)
  await page.getByRole('button', { name: 'Schedule or edit' }).click()
  const sheet = page.getByRole('dialog', { name: `Edit ${key}` })
  await sheet.getByRole('radio', { name: 'At a time, by itself' }).check()
  await sheet.getByLabel('Date and time').fill('2020-01-01T09:00')
  await expect(sheet.getByText('This time is over. Choose a later one.')).toBeVisible()
  await expectAccessible(page)
  await sheet.getByLabel('Date and time').fill(await nextMinute(page))
  await sheet.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Scheduled' })).toBeVisible()
  await expectAccessible(page)
  await expect(page.getByRole('heading', { name: 'Applied to staging' })).toBeVisible({ timeout: 150_000 })
  await expect(page.getByText(/It applied itself at its time/)).toBeVisible()
  expect((await live(assay, 'night', 'staging')).targeting.fallthrough).toEqual({ variant: 'slow' })
})

/** The first whole minute that is far enough ahead to be typed in time, by the clocks of the page. */
async function nextMinute(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = new Date(Math.ceil((Date.now() + 15_000) / 60_000) * 60_000)
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
  })
}
