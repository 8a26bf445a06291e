import { expect, expectAccessible, PASSWORD, signIn, startServer, test } from './assay.ts'

test('the one-time link creates the first user, once', async ({ page }) => {
  const { server, remove } = await startServer()
  try {
    await page.goto(server.url)
    await expect(page).toHaveURL(/\/setup/)
    await page.goto(`${server.url}/setup?token=${server.setupToken}`)
    await expectAccessible(page)
    await page.getByLabel('Your name').fill('Grace Hopper')
    await page.getByLabel('E-mail address').fill('grace@example.com')
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Create account and project' }).click()
    await expect(page.getByText('Use at least 12 characters.')).toBeVisible()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByLabel('First project').fill('Compilers')
    await page.getByRole('button', { name: 'Create account and project' }).click()
    await expect(page).toHaveURL(`${server.url}/p/compilers`)
    await expect(page.getByRole('button', { name: 'Account: Grace Hopper' })).toBeVisible()

    const other = await page.context().browser()?.newPage()
    await other?.goto(`${server.url}/setup?token=${server.setupToken}`)
    await expect(other?.getByRole('link', { name: /sign in/i }) ?? page.getByText('never')).toBeVisible()
    await other?.close()
  } finally {
    await remove()
  }
})

test('somebody signs in to the page they asked for, and out for good', async ({ page, assay }) => {
  await page.goto(`${assay.url}/p/storefront/metrics`)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await expectAccessible(page)
  await page.getByLabel('E-mail address').fill('ada@example.com')
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(`${assay.url}/p/storefront/metrics`)
  const cookies = await page.context().cookies()
  expect(cookies.filter((cookie) => cookie.name.includes('assay')).map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([{ httpOnly: true, sameSite: 'Strict' }, { httpOnly: true, sameSite: 'Strict' }])

  await page.getByRole('button', { name: 'Account: Ada Admin' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(`${assay.url}/sign-in`)
  // The cookies of before are worth nothing any more.
  await page.context().addCookies(cookies)
  await page.goto(`${assay.url}/p/storefront`)
  await expect(page).toHaveURL(/\/sign-in/)
})

test('an expired access token is renewed without the person noticing', async ({ page, assay }) => {
  await signIn(page, assay)
  const access = (await page.context().cookies(`${assay.url}/api`)).find((cookie) => cookie.path === '/api')
  await page.context().clearCookies({ name: access?.name ?? '' })
  await page.goto(`${assay.url}/p/storefront/metrics`)
  await expect(page.getByRole('heading', { level: 1, name: 'Metrics' })).toBeVisible()
})

test('what goes wrong in a page unseen fails a journey: a refused style, an error, a request that is not documented', async ({ page, assay, complaints }) => {
  await page.goto(`${assay.url}/sign-in`)
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<p style="color: red">inline</p>')
    setTimeout(() => { throw new Error('nobody caught this') })
    return fetch('/api/v1/hidden').then(() => fetch('/healthz'))
  })
  for (const what of [/style-src.* refuses inline/, /nobody caught this/, /GET .*\/api\/v1\/hidden is not documented/, /GET .*\/healthz is not documented/]) {
    await expect.poll(() => complaints.filter((line) => what.test(line)), String(what)).not.toEqual([])
  }
  complaints.length = 0
})
