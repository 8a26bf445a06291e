import { type Assay, expect, expectAccessible, routes, signIn, test } from './assay.ts'

/** Two flags in staging that share the layer checkout, from its first bucket on. */
async function prepare(assay: Assay): Promise<void> {
  const params = { project: assay.project }
  for (const [key, from, to] of [['express-pay', 0, 40_000], ['countdown', 40_000, 65_000]] as const) {
    await assay.api.call(routes.createFlag, { params, body: { key, name: key, kind: 'experiment', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
    const arms = [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }]
    await assay.api.call(routes.saveTargeting, {
      params: { ...params, flag: key, environment: 'staging' },
      body: { basedOn: 1, targeting: { enabled: true, offVariant: 'off', prerequisites: [], rules: [{ id: 'all', name: '', serve: { unit: 'user', salt: key, hash: 'murmur3', arms, coverage: 100_000, layer: { key: 'checkout', from, to } } }], fallthrough: { variant: 'off' } } },
    })
  }
}

test('a layer shows who takes which part of it, and goes only when nobody does', async ({ page, assay }) => {
  await signIn(page, assay)
  await page.getByRole('link', { name: 'Layers' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'New layer' }).click()
  const dialog = page.getByRole('dialog', { name: 'New layer' })
  await expectAccessible(page)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Checkout')
  await dialog.getByRole('button', { name: 'Create layer' }).click()
  const layer = page.getByRole('region', { name: 'Layer Checkout' })
  await expect(layer).toContainText('Nothing takes a part of it yet.')

  await prepare(assay)
  await page.reload()
  await expect(layer.getByRole('img', { name: 'Taken: express-pay 0% to 40%, countdown 40% to 65%' })).toBeVisible()
  await expect(layer).toContainText('35% free')
  await expect(layer.getByRole('button', { name: 'Delete Checkout' })).toHaveAccessibleDescription(/It is in use/)
  await expectAccessible(page)
})

test('holding people out says what it costs first, and releasing them asks for the key', async ({ page, assay }) => {
  await signIn(page, assay)
  await page.goto(`${assay.url}/p/${assay.project}/layers`)
  await page.getByRole('button', { name: 'Hold people out' }).click()
  const dialog = page.getByRole('dialog', { name: 'Hold people out' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Winter')
  await dialog.getByRole('textbox', { name: 'Held out' }).fill('10')
  await expect(dialog.getByText('An experiment needs about 11% more time to meet as many people.')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Hold people out' }).click()
  await expect(page.getByText('10% of people held out')).toBeVisible()
  expect((await assay.api.call(routes.listHoldouts, { params: { project: assay.project } })).holdouts).toMatchObject([{ key: 'winter', from: 0, to: 10_000 }])

  await page.getByRole('button', { name: 'Release Winter' }).click()
  const release = page.getByRole('dialog', { name: 'Release Winter' })
  await expect(release.getByText(/the only holdout, so this is for everybody/)).toBeVisible()
  await expect(release.getByRole('button', { name: 'Release holdout' })).toBeDisabled()
  await expectAccessible(page)
  await release.getByLabel(/Type winter/).fill('winter')
  await release.getByRole('button', { name: 'Release holdout' }).click()
  await expect(page.getByText(/Nobody is held out/)).toBeVisible()
})
