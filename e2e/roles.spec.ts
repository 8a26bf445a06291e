import { createApiClient } from '../server/src/cli/api-client.ts'
import { looseIdea } from '../server/src/cli/demo-hypotheses.ts'
import { allows, type Permission, roles } from '../server/src/contract/roles.ts'
import { type Assay, expect, expectAccessible, PASSWORD, routes, signIn, test } from './assay.ts'

/** Where a permission shows: the page, and the button that needs it. */
const buttons: [path: string, button: string, permission: Permission][] = [
  ['/hypotheses', 'New hypothesis', 'hypothesis.write'],
  ['/cohorts', 'New cohort', 'cohort.write'],
  ['/metrics', 'New metric', 'metric.write'],
  ['/flags', 'New flag', 'flag.write'],
  ['/flags/promo/targeting?env=production', 'Turn off now', 'flag.turn_off'],
  ['/settings/members', 'Invite', 'member.write'],
  ['/settings/environments', 'Add environment', 'environment.write'],
  ['/settings/environments', 'Change Production', 'environment.write'],
  ['/layers', 'New layer', 'layer.write'],
  ['/layers', 'Hold people out', 'layer.write'],
]

async function fill(assay: Assay): Promise<void> {
  const params = { project: assay.project }
  await assay.api.call(routes.createFlag, { params, body: { key: 'promo', name: 'Promotion', kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  await assay.api.call(routes.turnOn, { params: { ...params, flag: 'promo', environment: 'production' }, body: { basedOn: 1 } })
  await assay.api.call(routes.createHypothesis, { params, body: { ...looseIdea, cohort: null, primaryMetric: null } })
}

test('every role may press what the table of roles allows, and reads why not elsewhere', async ({ page, context, assay }) => {
  test.setTimeout(240_000)
  await fill(assay)
  for (const role of roles) {
    await test.step(role, async () => {
      await context.clearCookies()
      await signIn(page, assay, await assay.member(role))
      for (const [path, name, permission] of buttons) {
        await page.goto(`${assay.url}/p/storefront${path}`)
        const button = page.getByRole('button', { name }).first()
        await expect(button, `${role}: ${name}`).toBeVisible()
        if (allows(role, permission)) {
          await expect(button, `${role}: ${name}`).not.toHaveAttribute('aria-disabled', 'true')
        } else {
          await expect(button, `${role}: ${name}`).toHaveAttribute('aria-disabled', 'true')
          await expect(button, `${role}: ${name}`).toHaveAccessibleDescription(/needs the role/)
        }
      }
      await expectAccessible(page)
    })
  }
})

test('the server refuses what the page locks, and says the role', async ({ assay }) => {
  const viewer = createApiClient(assay.url)
  await viewer.call(routes.signIn, { body: { email: await assay.member('viewer'), password: PASSWORD } })
  await expect(viewer.call(routes.inviteMember, { params: { project: assay.project }, body: { email: 'eve@example.com', name: 'Eve', role: 'admin' } })).rejects.toThrow('Your role in storefront is viewer: it does not allow this.')
})
