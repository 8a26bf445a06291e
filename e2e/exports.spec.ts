import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { expect, expectAccessible, routes, signIn, test } from './assay.ts'

// The server of this file takes its environment from here.
const root = mkdtempSync(join(tmpdir(), 'assay-e2e-exports-'))
process.env['ASSAY_EXPORT_DIR'] = root
test.afterAll(() => { rmSync(root, { recursive: true, force: true }) })

test('what the flags page shows is taken away as CSV and Parquet', async ({ page, assay }) => {
  const params = { project: assay.project }
  for (const [key, tags] of [['checkout.pay', ['team:pay']], ['checkout.login', ['team:pay']], ['search.rank', []]] as const) {
    await assay.api.call(routes.createFlag, { params, body: { key, name: `=${key}`, kind: 'release', type: 'boolean', tags: [...tags], variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  }
  await signIn(page, assay)
  await page.goto(`${assay.url}/p/${assay.project}/flags?tag=team:pay&q=login`)
  await expect(page.getByText('=checkout.login')).toBeVisible()
  await page.getByRole('button', { name: 'Export flags' }).click()
  await expect(page.getByText('As filtered on this page.')).toBeVisible()
  await expectAccessible(page)
  const take = async (format: RegExp) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: format }).click()])
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
  }
  const csv = await take(/^CSV/)
  expect(csv.name).toBe(`${assay.project}-flags.csv`)
  const [head, row, ...more] = csv.bytes.toString().trim().split('\n')
  expect(head?.split(',').slice(0, 4)).toEqual(['key', 'name', 'kind', 'type'])
  expect(row).toMatch(/^checkout\.login,'=checkout\.login,release,boolean/)
  expect(more).toEqual([])

  await page.goto(`${assay.url}/p/${assay.project}/flags?tag=team:pay`)
  await page.getByRole('button', { name: 'Export flags' }).click()
  const { bytes } = await take(/^Parquet/)
  const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) })
  expect(rows.map(({ key }) => String(key)).sort()).toEqual(['checkout.login', 'checkout.pay'])
  expect(rows[0]?.['createdAt']).toBeInstanceOf(Date)
})

test('an export is scheduled from the page of what it takes, run now, and seen to have arrived', async ({ page, assay }) => {
  await assay.api.call(routes.createFlag, { params: { project: assay.project }, body: { key: 'cart.total', name: 'Cart total', kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }] } })
  await signIn(page, assay)
  await page.goto(`${assay.url}/p/${assay.project}/exports`)
  await expect(page.getByText('Nothing is exported by itself yet')).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${assay.url}/p/${assay.project}/flags?q=cart`)
  await page.getByRole('button', { name: 'Export flags' }).click()
  await page.getByRole('menuitem', { name: 'Schedule this export' }).click()
  const dialog = page.getByRole('dialog', { name: 'New scheduled export' })
  await expect(dialog.getByText('q: cart')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Flags of pay')
  await dialog.getByRole('textbox', { name: 'Folder' }).fill('../elsewhere')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Schedule export' }).click()
  await expect(dialog.getByText(/Use letters, digits, dots/)).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Folder' }).fill('weekly')
  await dialog.getByRole('button', { name: 'Schedule export' }).click()
  const row = page.getByRole('row', { name: /Flags of pay/ })
  await expect(row).toContainText('Every day at 03:00 UTC')
  await page.getByRole('button', { name: 'Run Flags of pay now' }).click()
  await expect(row.getByText('Done')).toBeVisible({ timeout: 30_000 })
  await expect(row).toContainText('1 row')
  await expectAccessible(page)
  const folder = join(root, assay.project, 'weekly')
  const [name = ''] = readdirSync(folder)
  expect(readFileSync(join(folder, name), 'utf8').trim().split('\n')).toHaveLength(2)

  await page.getByRole('button', { name: 'More for Flags of pay' }).click()
  await page.getByRole('menuitem', { name: 'Turn off' }).click()
  await expect(row.getByText('Off')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run Flags of pay now' })).toBeDisabled()
})
