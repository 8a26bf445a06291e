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

test('an experiment is drafted in a part of a layer, which must be free before it starts', async ({ page, assay }) => {
  const params = { project: assay.project }
  await assay.api.call(routes.createLayer, { params, body: { key: 'search', name: 'Search', unit: 'user' } })
  for (const key of ['ranking', 'filters']) await assay.api.call(routes.createFlag, { params, body: { key, name: key, kind: 'experiment', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  const arms = [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }]
  await assay.api.call(routes.saveTargeting, {
    params: { ...params, flag: 'filters', environment: 'production' },
    body: { basedOn: 1, targeting: { enabled: true, offVariant: 'off', prerequisites: [], rules: [{ id: 'all', name: '', serve: { unit: 'user', salt: 'filters', hash: 'murmur3', arms, coverage: 100_000, layer: { key: 'search', from: 0, to: 25_000 } } }], fallthrough: { variant: 'off' } } },
  })
  const hypothesis = await assay.api.call(routes.createHypothesis, { params, body: { title: 'Better ranking', change: 'rank by taste', audience: 'everybody', cohort: null, because: 'most look for the same', primaryMetric: null, direction: 'increase', minimumEffect: 0.05, guardrails: [], secondaryMetrics: [], wrongIf: '', rollbackPlan: '', maxExposure: 0.5, maxDays: null, decider: '' } })

  await signIn(page, assay)
  await page.goto(`${assay.url}/p/${assay.project}/hypotheses/${hypothesis.key}/edit?step=expose`)
  await page.getByRole('radio', { name: 'A flag that I choose now' }).click()
  await page.getByRole('combobox', { name: 'Flag' }).click()
  await page.getByRole('option', { name: 'ranking' }).click()
  await page.getByRole('combobox', { name: 'Layer' }).click()
  await page.getByRole('option', { name: 'Search, by user' }).click()
  await expect(page.getByRole('img', { name: 'Taken: This experiment 25% to 100%, filters 0% to 25%' })).toBeVisible()
  await page.getByLabel('Starting at').fill('10')
  await page.getByLabel('Share of the layer').fill('40')
  await expect(page.getByText('filters has 0% to 25% already: choose a part that is free.')).toBeVisible()
  await expect(page.getByText('20% of the audience would meet the change, of 50% allowed.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create experiment and continue' }).click()

  await expect(page.getByRole('heading', { name: 'What will we do with the answer?' })).toBeVisible()
  const { experiments } = await assay.api.call(routes.listExperiments, { params })
  expect(experiments).toMatchObject([{ flag: 'ranking', layer: { key: 'search', from: 10_000, to: 50_000 } }])
  await page.goto(`${assay.url}/p/${assay.project}/experiments/${experiments[0]?.key ?? ''}`)
  await expect(page.getByText('It asks for 10% to 50% of the layer search, of which the flag filters has 0% to 25% in production: choose a part that is free, or end what has it.')).toBeVisible()
  await page.getByRole('button', { name: 'Take 25% to 65%, which is free' }).click()
  await page.getByRole('button', { name: 'Save the set-up' }).click()
  await expect(page.getByText('Nobody else has any of 25% to 65% in production.')).toBeVisible()
  await expectAccessible(page)
})
