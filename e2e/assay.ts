import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@assay/sdk'
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { createApiClient, type ApiClient } from '../server/src/cli/api-client.ts'
import { startLocalServer, type LocalServer } from '../server/src/cli/local-server.ts'
import { routes } from '../server/src/contract/routes.ts'
import type { Role } from '../server/src/contract/roles.ts'
import { watch } from './watch.ts'

export { expect, routes }

export const PASSWORD = 'correct horse battery'
const program = fileURLToPath(new URL('../server/dist/main.js', import.meta.url))

export interface Assay extends LocalServer {
  /** Signed in as the first user, admin of `storefront`. */
  api: ApiClient
  /** Key of the project that the set-up made. */
  project: string
  /** E-mail of a new member with a role; the password is `PASSWORD`. */
  member(role: Role): Promise<string>
  /** Secret of a new server key. */
  key(environment: string): Promise<string>
}

/** A server of its own on embedded stores in a directory that is removed at the end. */
export async function startServer(): Promise<{ server: LocalServer; remove: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'assay-e2e-'))
  const server = await startLocalServer(program, dataDir, 0)
  return {
    server,
    async remove() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function setUp(server: LocalServer): Promise<Assay> {
  const api = createApiClient(server.url)
  await api.call(routes.completeSetup, { body: { token: server.setupToken ?? '', name: 'Ada Admin', email: 'ada@example.com', password: PASSWORD, project: 'Storefront' } })
  const project = 'storefront'
  let members = 0
  return {
    ...server,
    api,
    project,
    async member(role) {
      members += 1
      const email = `${role}-${members}@example.com`
      const { link } = await api.call(routes.inviteMember, { params: { project }, body: { email, name: `${role.replace('_', ' ')} ${members}`, role } })
      const token = new URL(link, server.url).searchParams.get('token') ?? ''
      await createApiClient(server.url).call(routes.acceptInvitation, { body: { token, password: PASSWORD } })
      return email
    },
    async key(environment) {
      return (await api.call(routes.createKey, { params: { project }, body: { environment, kind: 'server', name: 'Journey' } })).secret
    },
  }
}

interface Fixtures {
  assay: Assay
  /** What went wrong in the browser unseen, as `watch` says it. A test expects none. */
  complaints: string[]
}

interface WorkerFixtures {
  /** The server of the file that runs; a worker runs several files, one after the other. */
  running: { file: string; assay: Assay; remove: () => Promise<void> }[]
}

/** A test with a server of its file's own, on which the first user has completed the set-up. Whatever the browser complains about fails it. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  running: [
    async ({}, use) => {
      const running: WorkerFixtures['running'] = []
      await use(running)
      await running.pop()?.remove()
    },
    { scope: 'worker' },
  ],
  assay: async ({ running }, use, { file }) => {
    if (running[0]?.file !== file) {
      await running.pop()?.remove()
      const { server, remove } = await startServer()
      running.push({ file, assay: await setUp(server), remove })
    }
    const [current] = running
    if (!current) throw new Error('No server is running.')
    await use(current.assay)
  },
  complaints: [
    async ({ context }, use) => {
      const complaints = await watch(context)
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

/** Signs in through the page and waits for the project. */
export async function signIn(page: Page, assay: Assay, email = 'ada@example.com'): Promise<void> {
  await page.goto(`${assay.url}/sign-in`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
}

/** Keeps how the page looks now among the artefacts of the run, for people to look at. */
export async function keep(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: fileURLToPath(new URL(`./artefacts/pages/${name.replaceAll(/[^A-Za-z0-9]+/g, '-')}.png`, import.meta.url)), animations: 'disabled' })
}

/** No violation of WCAG 2.2 A or AA on the page as it stands, in the light and in the dark scheme; `inScheme` is called in each. */
export async function expectAccessible(page: Page, inScheme: (scheme: 'light' | 'dark') => Promise<void> = () => Promise.resolve()): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
    await inScheme(colorScheme)
    expect.soft(violations.map(({ id, nodes }) => ({ id, colorScheme, nodes: nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`) }))).toEqual([])
  }
  await page.emulateMedia({ colorScheme: null })
}

/** A service that asks for the flags of an environment, until the server has heard from it: an experiment starts in production only where one does. */
export async function askForFlags(assay: Assay, environment = 'production'): Promise<void> {
  const service = createClient({ url: assay.url, key: await assay.key(environment) })
  await service.ready()
  await expect.poll(async () => (await assay.api.call(routes.getConnections, { params: { project: assay.project, environment } })).connected, { timeout: 15_000 }).toBeGreaterThan(0)
  await service.close()
}
