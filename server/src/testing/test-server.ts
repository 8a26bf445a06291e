import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { readConfig } from '../config.ts'
import type { Role } from '../contract/roles.ts'
import { routes } from '../contract/routes.ts'
import { createDeps } from '../create-deps.ts'
import type { Deps } from '../deps.ts'
import { serve } from '../http/serve.ts'
import type { Database } from '../platform/postgres.ts'
import { createApp } from '../app.ts'
import { type Api, createApi } from './api.ts'
import { copyMigratedPostgres } from './migrated-postgres.ts'
import { createTestDatabase } from './postgres-cluster.ts'

export const PASSWORD = 'correct horse battery'

export interface Instance {
  url: string
  deps: Deps
  db: Database
  close(): Promise<void>
}

export interface TestServer extends Instance {
  /** Key of the project made by the set-up. */
  project: 'shop'
  /** The first user, admin of `shop`, signed in. */
  admin: Api
  /** Somebody with an empty cookie jar. */
  anonymous(): Api
  /** A new member of `shop` with a role, signed in. */
  as(role: Role): Promise<Api>
  /** Secret of a new SDK key. */
  key(kind?: 'server' | 'client', environment?: string): Promise<string>
}

interface Options {
  database?: 'pglite' | 'postgres'
  /** False runs with an event store that is away: batches are spooled. */
  events?: boolean
  /** Environment variables of config.ts. A `DATABASE_URL` makes one more instance on the PostgreSQL of another. */
  env?: Record<string, string>
  now?: () => Date
}

// chDB allows one directory per process: the servers of a test file share it, each with a database of its own.
let sharedChdb: string | undefined

/** Starts the real application on temporary stores and a free port. Nobody has completed the set-up. */
export async function startInstance({ database = 'pglite', events = true, env = {}, now }: Options = {}): Promise<Instance> {
  const dataDir = mkdtempSync(join(tmpdir(), 'assay-test-'))
  const postgres = database === 'postgres' && !env['DATABASE_URL'] ? await createTestDatabase() : null
  if (database === 'pglite') await copyMigratedPostgres(join(dataDir, 'postgres'))
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    ASSAY_DATA_DIR: dataDir,
    ASSAY_CLICKHOUSE_DATABASE: `test_${randomBytes(6).toString('hex')}`,
    ASSAY_DRAIN_SECONDS: '2',
    ...(postgres ? { DATABASE_URL: postgres.url } : {}),
    // Port 9 answers nobody.
    ...(events ? {} : { CLICKHOUSE_URL: 'http://127.0.0.1:9' }),
    ...env,
  })
  const log = pino({ level: process.env['ASSAY_TEST_LOG'] ?? 'silent' }, pino.destination({ dest: 2, sync: true }))
  if (sharedChdb === undefined) {
    const directory = mkdtempSync(join(tmpdir(), 'assay-test-chdb-'))
    sharedChdb = directory
    process.once('exit', () => { rmSync(directory, { recursive: true, force: true }) })
  }
  const { deps, close } = await createDeps(config, log, { eventsDirectory: sharedChdb, ...(now ? { now } : {}) })
  const server = await serve(createApp(deps, { strictResponses: true }), deps)
  return {
    // Not `server.url`, which is the public one where there is one.
    url: `http://127.0.0.1:${server.port}`,
    deps,
    db: deps.db,
    async close() {
      await server.stop()
      await close()
      await postgres?.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Starts an instance, completes its set-up and signs in. */
export async function startTestServer(options: Options = {}): Promise<TestServer> {
  const instance = await startInstance(options)
  const { url, deps } = instance
  const token = await deps.setup.issueToken()
  if (token === null) throw new Error('The set-up of a fresh installation gave no token.')
  const admin = createApi(url)
  const setup = await admin(routes.completeSetup, { body: { token, name: 'Ada Admin', email: 'admin@example.com', password: PASSWORD, project: 'Shop' } })
  if (setup.status !== 201) throw new Error(`The set-up answered ${setup.status}: ${JSON.stringify(setup.error)}`)

  /** Tests that wait for days give the password again, as people do. */
  async function confirmed<A extends { error: { code: string } | null }>(ask: () => Promise<A>): Promise<A> {
    const answer = await ask()
    if (answer.error?.code !== 'reauthentication_required') return answer
    await admin(routes.confirmPassword, { body: { password: PASSWORD } })
    return ask()
  }

  let members = 0
  return {
    ...instance,
    project: 'shop',
    admin,
    anonymous: () => createApi(url),
    async as(role) {
      members += 1
      const invited = await confirmed(() => admin(routes.inviteMember, { params: { project: 'shop' }, body: { email: `${role}-${members}@example.com`, name: `${role} ${members}`, role } }))
      if (invited.status !== 201) throw new Error(`The invitation answered ${invited.status}: ${JSON.stringify(invited.error)}`)
      const invitation = new URL(invited.body.link, url).searchParams.get('token')
      if (invitation === null) throw new Error(`No token in ${invited.body.link}`)
      const api = createApi(url)
      const accepted = await api(routes.acceptInvitation, { body: { token: invitation, password: PASSWORD } })
      if (accepted.status !== 200) throw new Error(`Accepting answered ${accepted.status}: ${JSON.stringify(accepted.error)}`)
      return api
    },
    async key(kind = 'server', environment = 'production') {
      const created = await confirmed(() => admin(routes.createKey, { params: { project: 'shop' }, body: { environment, kind, name: `Test ${kind}` } }))
      if (created.status !== 201) throw new Error(`Creating a key answered ${created.status}: ${JSON.stringify(created.error)}`)
      return created.body.secret
    },
  }
}
