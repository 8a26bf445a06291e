import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { get, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Ruleset } from '@assay/sdk/core'
import { routes } from './contract/routes.ts'
import { type Api, createApi } from './testing/api.ts'
import { copyMigratedPostgres } from './testing/migrated-postgres.ts'

// The built program, started as people start it.
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const PASSWORD = 'correct horse battery'

interface Started {
  child: ChildProcess
  url: string
  token: string | null
  /** Lines of stdout so far. */
  said: string[]
  ended: Promise<number | null>
}

let dataDir: string
let migrated: string
const children: ChildProcess[] = []

beforeAll(async () => {
  if (!existsSync(program)) throw new Error('This test runs the built server: npm run build first.')
  migrated = mkdtempSync(join(tmpdir(), 'assay-boot-'))
  await copyMigratedPostgres(join(migrated, 'postgres'))
})
afterAll(() => { rmSync(migrated, { recursive: true, force: true }) })
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'assay-boot-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  rmSync(dataDir, { recursive: true, force: true })
})

function run(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', HOST: '127.0.0.1', ASSAY_DATA_DIR: dataDir, ASSAY_LOG_LEVEL: 'warn', ...env },
  })
  children.push(child)
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return { child, ended, stderr: () => Buffer.concat(errors).toString() }
}

async function start(env: Record<string, string> = {}): Promise<Started> {
  const { child, ended, stderr } = run(env)
  const said: string[] = []
  const ready = new Promise<void>((resolve) => {
    createInterface(child.stdout as NodeJS.ReadableStream).on('line', (line) => {
      said.push(line)
      if (/Create the first user|Sign in/.test(line)) resolve()
    })
  })
  await Promise.race([ready, ended.then((code) => { throw new Error(`Ended with ${code}: ${stderr()}`) })])
  const url = /ready at (\S+)/.exec(said.join('\n'))?.[1] ?? ''
  return { child, url, token: /setup\?token=(\S+)/.exec(said.join('\n'))?.[1] ?? null, said, ended }
}

async function setUp({ url, token }: Started): Promise<Api> {
  const api = createApi(url)
  expect(await api(routes.completeSetup, { body: { token: token ?? '', name: 'Ada', email: 'ada@example.com', password: PASSWORD, project: 'Shop' } })).toMatchObject({ status: 201 })
  return api
}

async function createFlag(api: Api, key: string): Promise<number> {
  const body = { key, name: key, kind: 'release' as const, type: 'boolean' as const, variants: [{ key: 'off', value: false }, { key: 'on', value: true }] }
  return (await api(routes.createFlag, { params: { project: 'shop' }, body })).status
}

async function flagKeys(url: string): Promise<string[]> {
  const api = createApi(url)
  expect((await api(routes.signIn, { body: { email: 'ada@example.com', password: PASSWORD } })).status).toBe(200)
  return (await api(routes.listFlags, { params: { project: 'shop' }, query: {} })).body.flags.map((flag) => flag.key).sort()
}

test('an empty directory becomes an installation, and a restart keeps everything', async () => {
  const first = await start()
  expect(first.said).toEqual([`Assay is ready at ${first.url}`, `Create the first user: ${first.url}/setup?token=${first.token}`])
  const api = await setUp(first)
  expect(await createFlag(api, 'kept')).toBe(201)
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)

  const second = await start()
  expect(second.said).toEqual([`Assay is ready at ${second.url}`, `Sign in at ${second.url}`])
  expect(await flagKeys(second.url)).toEqual(['kept'])
  second.child.kill('SIGINT')
  expect(await second.ended).toBe(0)
})

/** Spares the seconds of a first start where the test is about something else. */
function migratedDataDir(): void {
  cpSync(migrated, dataDir, { recursive: true })
}

test('a set-up token is good for one start', async () => {
  migratedDataDir()
  const first = await start()
  first.child.kill('SIGTERM')
  await first.ended
  const second = await start()
  expect(second.token).not.toBe(first.token)
  const old = await createApi(second.url)(routes.completeSetup, { body: { token: first.token ?? '', name: 'Eve', email: 'eve@example.com', password: PASSWORD } })
  expect(old).toMatchObject({ status: 403, error: { code: 'invalid_setup_token' } })
})

test('a second process on the same directory is refused with one clear sentence', async () => {
  migratedDataDir()
  const first = await start()
  const second = run()
  expect(await second.ended).toBe(1)
  expect(second.stderr()).toBe(`Another Assay (process ${first.child.pid}) is running on ${dataDir}. Stop it first, or give this one its own ASSAY_DATA_DIR.\n`)
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200)
})

test('after kill -9 the next start has every acknowledged change and is not refused', async () => {
  migratedDataDir()
  const first = await start()
  const api = await setUp(first)
  const { secret } = (await api(routes.createKey, { params: { project: 'shop' }, body: { environment: 'production', kind: 'server', name: 'Checkout service' } })).body
  const acknowledged: string[] = []
  const writing = (async () => {
    for (let i = 0; ; i++) if ((await createFlag(api, `flag-${String(i).padStart(3, '0')}`)) === 201) acknowledged.push(`flag-${String(i).padStart(3, '0')}`)
  })().catch(() => undefined)
  while (acknowledged.length < 5) await new Promise((resolve) => setImmediate(resolve))
  first.child.kill('SIGKILL')
  await writing

  const second = await start()
  expect(await flagKeys(second.url)).toEqual(expect.arrayContaining(acknowledged))
  const served = await fetch(`${second.url}/sdk/v1/ruleset`, { headers: { authorization: `Bearer ${secret}` } })
  expect(((await served.json()) as Ruleset).flags.map((flag) => flag.key)).toEqual(expect.arrayContaining(acknowledged))
})

test('a stop finishes the request in flight and takes no new one', async () => {
  migratedDataDir()
  const { child, url, ended } = await start()
  const open = get(`${url}/sdk/v1/unknown`, { agent: false })
  await once(open, 'response')
  // A request whose body is still on its way when the signal comes.
  const { hostname, port } = new URL(url)
  const slow = request({ hostname, port, method: 'POST', path: '/api/v1/session', headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }, agent: false })
  slow.write('{"email":"ada@example.com",')
  await once(slow, 'socket')
  await new Promise<void>((resolve) => { slow.write('"password":', () => { resolve() }) })
  child.kill('SIGTERM')
  while (await fetch(`${url}/healthz`, { headers: { connection: 'close' } }).then(() => true, () => false));
  slow.end('"no such person"}')
  const [response] = (await once(slow, 'response')) as [{ statusCode: number; resume(): void }]
  response.resume()
  expect(response.statusCode).toBe(401)
  expect(await ended).toBe(0)
})

test('it goes on when nobody reads what it says, and stops in order', async () => {
  migratedDataDir()
  const { child, url, ended } = await start()
  child.stdout?.destroy()
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
})

test('a bad variable and a taken port are said in one sentence', async () => {
  const bad = run({ PORT: 'http' })
  expect(await bad.ended).toBe(1)
  expect(bad.stderr()).toBe('Assay cannot start with this environment: PORT must be a port from 0 to 65535.\n')

  migratedDataDir()
  const first = await start()
  const other = mkdtempSync(join(tmpdir(), 'assay-boot-'))
  cpSync(migrated, other, { recursive: true })
  const { port } = new URL(first.url)
  const second = run({ PORT: port, ASSAY_DATA_DIR: other })
  expect(await second.ended).toBe(1)
  expect(second.stderr()).toBe(`Port ${port} is taken. Set PORT to another one, or to 0 for any free one.\n`)
  rmSync(other, { recursive: true, force: true })
})
