import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server as HttpServer } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

/** The SDK as a stranger gets it: packed, and installed from the tarball into a folder of its own, without a network. */
let root: string
let consumer: string
let packed: { filename: string; files: { path: string }[] }
const servers: (Server | HttpServer)[] = []

function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-package-'))
  const stage = join(root, 'stage')
  mkdirSync(stage)
  for (const name of ['package.json', 'README.md']) copyFileSync(join('sdk', name), join(stage, name))
  run(process.execPath, ['node_modules/typescript7/bin/tsc', '-p', 'sdk/tsconfig.build.json', '--outDir', join(stage, 'dist')], process.cwd())
  packed = (JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts'], stage)) as (typeof packed)[])[0]!
  consumer = join(root, 'consumer')
  mkdirSync(consumer)
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(stage, packed.filename)], consumer)
})
afterAll(() => { rmSync(root, { recursive: true, force: true }) })
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function listening<S extends Server | HttpServer>(server: S): Promise<string> {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Runs a program in the consumer's folder until it ends by itself. */
async function program(source: string, url = 'http://127.0.0.1:9'): Promise<{ code: number | null; out: string }> {
  writeFileSync(join(consumer, 'program.mjs'), source)
  const child = spawn(process.execPath, ['program.mjs'], { cwd: consumer, env: { ...process.env, ASSAY_URL: url } })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { out += chunk.toString() })
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, out }
}

test('the package holds what was built, a readme and nothing else', () => {
  const files = packed.files.map(({ path }) => path)
  expect(files.filter((path) => !/^dist\/.*\.(js|d\.ts)$/.test(path)).sort()).toEqual(['README.md', 'package.json'])
  expect(files.filter((path) => /test|samples/.test(path))).toEqual([])
  expect(files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/core/index.js', 'dist/core/index.d.ts']))
})

test('installing it installs nothing else, and no file imports anything but Node', () => {
  expect(readdirSync(join(consumer, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['@assay'])
  const installed = join(consumer, 'node_modules/@assay/sdk')
  expect(existsSync(join(installed, 'node_modules'))).toBe(false)
  const imported = (folder: string) => readdirSync(join(installed, folder)).filter((name) => name.endsWith('.js')).flatMap((name) => [...readFileSync(join(installed, folder, name), 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map((match) => match[1] ?? ''))
  expect(imported('dist/client').filter((name) => !name.startsWith('.') && !name.startsWith('node:'))).toEqual([])
  expect(imported('dist/core').filter((name) => !name.startsWith('./'))).toEqual([])
})

test('it is imported as a module, or required, and evaluates', async () => {
  const { code, out } = await program(`
    import { createRequire } from 'node:module'
    import { createClient } from '@assay/sdk'
    import { murmur3, compileRuleset, evaluate } from '@assay/sdk/core'
    const required = createRequire(import.meta.url)('@assay/sdk')
    const client = createClient({ url: '', key: '', offline: true })
    const compiled = compileRuleset({ schema: 1, project: 'p', environment: 'e', epoch: 'e', version: 1, cohorts: [], layers: [], holdouts: [],
      flags: [{ key: 'a', type: 'boolean', enabled: true, clientVisible: false, revision: 1, variants: [{ key: 'on', value: true }], rules: [], fallthrough: { variant: 'on' } }] })
    console.log(client.getString('a', 'mine'), murmur3('abc'), evaluate(compiled, 'a', {}).reason, typeof required.createClient)
  `)
  expect([code, out.replace(/\(node:\d+\) ExperimentalWarning[^]*?\)\n/, '')]).toEqual([0, 'mine 3017643002 STATIC function\n'])
})

test('a strict TypeScript program compiles against it', () => {
  writeFileSync(join(consumer, 'consumer.ts'), `
    import { createClient, type Client, type Details, type Logger, type Status } from '@assay/sdk'
    import { compileRuleset, evaluate, explain, parseRuleset, type Evaluation, type Ruleset } from '@assay/sdk/core'

    const logger: Logger = { warn: (message) => { console.log(message) } }
    const client: Client = createClient({ url: 'http://localhost:4000', key: 'key', logger, fetch: globalThis.fetch, privateAttributes: ['email'] })
    const status: Status = await client.ready()
    const on: boolean = client.getBoolean('a', false, { targetingKey: 'u', seats: 3, company: { id: 'acme' } })
    const theme: { colour: string } = client.getObject('theme', { colour: 'teal' })
    const details: Details<number> = client.getIntegerDetails('count', 1)
    client.track('order', { targetingKey: 'u' }, { value: 1, at: new Date(), properties: { sku: 'a' } })
    client.expose({ experiment: 'e', unit: 7, variant: 'a' })
    const stop: () => void = client.onUpdate(async ({ epoch, version }) => { console.log(epoch, version) })
    const { sent, dropped } = await client.flush({ timeoutMs: 100 })
    // @ts-expect-error a text is no default of a boolean
    client.getBoolean('a', 'no')
    // @ts-expect-error a client needs a key
    createClient({ url: 'http://localhost:4000' })
    const parsed = parseRuleset('{}')
    const ruleset: Ruleset | undefined = parsed.ok ? parsed.ruleset : undefined
    const evaluation: Evaluation | undefined = ruleset && evaluate(compileRuleset(ruleset), 'a', {})
    console.log(status, on, theme.colour, details.errorCode, sent, dropped.queue_full, evaluation?.reason, ruleset && explain(compileRuleset(ruleset), 'a', {}).steps.length)
    stop()
  `)
  const options = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, target: 'es2022', lib: ['es2022'], module: 'nodenext', moduleResolution: 'nodenext', types: ['node'], typeRoots: [join(process.cwd(), 'node_modules/@types')], noEmit: true, skipLibCheck: false }
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['consumer.ts'] }))
  run(process.execPath, [join(process.cwd(), 'node_modules/typescript7/bin/tsc'), '-p', consumer], consumer)
})

test('a program that forgets to close ends by itself, though its stream is open and events wait', async () => {
  const url = await listening(createServer((req, res) => {
    if (req.url === '/sdk/v1/stream') res.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n')
    else if (req.url === '/sdk/v1/ruleset') res.end(JSON.stringify({ schema: 1, project: 'p', environment: 'e', epoch: 'e', version: 1, flags: [], cohorts: [], layers: [], holdouts: [] }))
    else res.writeHead(204).end()
  }))
  const { code, out } = await program(`
    import { createClient } from '@assay/sdk'
    const before = process.eventNames().length
    const client = createClient({ url: process.env.ASSAY_URL, key: 'key' })
    console.log(await client.ready(), process.eventNames().length - before)
    client.track('order', { targetingKey: 'u' })
  `, url)
  expect([code, out]).toEqual([0, 'ready 0\n'])
})

test('a program whose server accepts and never answers is told, and ends by itself', async () => {
  const url = await listening(createTcpServer((socket) => { socket.on('error', () => undefined).resume() }))
  const { code, out } = await program(`
    import { createClient } from '@assay/sdk'
    const client = createClient({ url: process.env.ASSAY_URL, key: 'key', readyTimeoutMs: 200 })
    console.log(await client.ready(), client.getBoolean('a', true))
  `, url)
  expect([code, out]).toEqual([0, 'defaults true\n'])
})

test('an awaited close is not cut short by the end of the program', async () => {
  const bodies: string[] = []
  const url = await listening(createServer((req, res) => {
    let body = ''
    req.on('data', (chunk: Buffer) => { body += chunk.toString() })
    req.on('end', () => {
      if (req.url !== '/sdk/v1/events') { res.writeHead(503).end(); return }
      bodies.push(body)
      setImmediate(() => { res.writeHead(202).end('{"accepted":1,"rejected":[]}') })
    })
  }))
  const { code, out } = await program(`
    import { createClient } from '@assay/sdk'
    const client = createClient({ url: process.env.ASSAY_URL, key: 'key', logger: { warn() {} } })
    client.track('order', { targetingKey: 'u' })
    console.log(JSON.stringify(await client.close()))
  `, url)
  expect([code, JSON.parse(out)]).toEqual([0, { queued: 0, sent: 1, rejected: 0, dropped: {} }])
  expect(bodies).toHaveLength(1)
})
