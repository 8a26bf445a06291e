import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server as HttpServer } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { typedFlags } from '../server/src/cli/typed-flags.ts'

/** The SDK as a stranger gets it: packed, and installed from the tarball into a folder of its own, without a network. */
let root: string
let consumer: string
/** As `consumer`, with the packages installed that some entries go with. */
let full: string
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
  full = join(root, 'full')
  cpSync(consumer, full, { recursive: true })
  for (const name of ['react', 'scheduler', 'csstype', '@types/react', '@openfeature/core', '@openfeature/server-sdk', '@openfeature/web-sdk']) {
    mkdirSync(dirname(join(full, 'node_modules', name)), { recursive: true })
    symlinkSync(join(process.cwd(), 'node_modules', name), join(full, 'node_modules', name))
  }
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
  expect(files.filter((path) => /\.(test|samples)\./.test(path))).toEqual([])
  for (const entry of ['', 'core/', 'browser/', 'react/', 'testing/', 'openfeature/', 'openfeature-web/']) expect(files).toEqual(expect.arrayContaining([`dist/${entry}index.js`, `dist/${entry}index.d.ts`]))
})

test('installing it installs nothing else, and no file imports anything but Node', () => {
  expect(readdirSync(join(consumer, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['@assay'])
  const installed = join(consumer, 'node_modules/@assay/sdk')
  expect(existsSync(join(installed, 'node_modules'))).toBe(false)
  const imported = (folder: string) => readdirSync(join(installed, folder)).filter((name) => name.endsWith('.js')).flatMap((name) => [...readFileSync(join(installed, folder, name), 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map((match) => match[1] ?? ''))
  expect(imported('dist/client').filter((name) => !name.startsWith('.') && !name.startsWith('node:'))).toEqual([])
  expect(imported('dist/core').filter((name) => !name.startsWith('./'))).toEqual([])
  for (const folder of ['dist/browser', 'dist/testing']) expect(imported(folder).filter((name) => !name.startsWith('.'))).toEqual([])
  expect(imported('dist/react').filter((name) => !name.startsWith('.') && name !== 'react')).toEqual([])
})

test('it is imported as a module, or required, and evaluates', async () => {
  const { code, out } = await program(`
    import { createRequire } from 'node:module'
    import { createClient } from '@assay/sdk'
    import { murmur3, compileRuleset, evaluate } from '@assay/sdk/core'
    import { patterns } from '@assay/sdk/patterns'
    const required = createRequire(import.meta.url)('@assay/sdk')
    const client = createClient({ url: '', key: '', offline: true })
    const ruleset = { schema: 1, project: 'p', environment: 'e', epoch: 'e', version: 1, cohorts: [], layers: [], holdouts: [],
      flags: [{ key: 'a', type: 'boolean', enabled: true, clientVisible: false, revision: 1, variants: [{ key: 'on', value: true }], rules: [{ id: 'r', when: { attribute: 'x', op: 'matches', values: ['^a+$'] }, serve: { variant: 'on' } }], fallthrough: { variant: 'on' } }] }
    const reasons = [{ patterns }, {}].map((options) => evaluate(compileRuleset(ruleset, options), 'a', { x: 'aa' }).reason)
    console.log(client.getString('a', 'mine'), murmur3('abc'), ...reasons, typeof required.createClient)
  `)
  expect([code, out.replace(/\(node:\d+\) ExperimentalWarning[^]*?\)\n/, '')]).toEqual([0, 'mine 3017643002 TARGETING_MATCH ERROR function\n'])
})

test('a strict TypeScript program compiles against it', () => {
  writeFileSync(join(consumer, 'consumer.ts'), `
    import { createClient, type Client, type Details, type Logger, type Status } from '@assay/sdk'
    import { compileRuleset, evaluate, explain, parseRuleset, type CompileOptions, type Evaluation, type Ruleset } from '@assay/sdk/core'
    import { patterns } from '@assay/sdk/patterns'

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
    const options: CompileOptions = { patterns }
    const evaluation: Evaluation | undefined = ruleset && evaluate(compileRuleset(ruleset, options), 'a', {})
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

/** Entries of the package, and what one of its exports is called. */
const entries = {
  '@assay/sdk': 'createClient',
  '@assay/sdk/core': 'evaluate',
  '@assay/sdk/patterns': 'patterns',
  '@assay/sdk/browser': 'createBrowserClient',
  '@assay/sdk/react': 'useFlag',
  '@assay/sdk/testing': 'createTestClient',
  '@assay/sdk/openfeature': 'AssayProvider',
  '@assay/sdk/openfeature-web': 'AssayWebProvider',
}
const forPages = ['@assay/sdk/core', '@assay/sdk/patterns', '@assay/sdk/browser', '@assay/sdk/react', '@assay/sdk/testing', '@assay/sdk/openfeature-web']

test('every entry that the package declares is imported as a module on Node', () => {
  const { exports, sideEffects, dependencies } = JSON.parse(readFileSync(join(consumer, 'node_modules/@assay/sdk/package.json'), 'utf8')) as { exports: object; sideEffects: unknown; dependencies: unknown }
  expect([Object.keys(exports).map((entry) => entry.replace('.', '@assay/sdk')).sort(), sideEffects, dependencies]).toEqual([Object.keys(entries).sort(), false, {}])
  const source = Object.entries(entries).map(([entry, name], index) => `import { ${name} as e${index} } from '${entry}'\nconsole.log(e${index} !== undefined)`).join('\n')
  writeFileSync(join(full, 'entries.mjs'), source)
  expect(run(process.execPath, ['entries.mjs'], full)).toBe('true\n'.repeat(Object.keys(entries).length))
})

test.each(forPages)('%s is bundled for a page, and needs nothing of Node', async (entry) => {
  const { outputFiles, warnings } = await build({ stdin: { contents: `export * from '${entry}'`, resolveDir: full }, bundle: true, platform: 'browser', format: 'esm', write: false, external: ['react', '@openfeature/*'], logLevel: 'silent' })
  expect(warnings).toEqual([])
  expect(outputFiles[0]?.text).not.toMatch(/from "node:|\brequire\("|\bprocess\./)
})

/** Type-checks files as a strict project without our sources; gives the complaints, as `file:line`. */
function complaints(compiler: string, files: Record<string, string>): string[] {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(full, name), text)
  const options = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, target: 'es2022', lib: ['es2023', 'dom'], module: 'nodenext', moduleResolution: 'nodenext', jsx: 'react-jsx', types: ['node'], typeRoots: [join(process.cwd(), 'node_modules/@types')], noEmit: true, skipLibCheck: true }
  writeFileSync(join(full, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: Object.keys(files) }))
  const { stdout } = spawnSync(process.execPath, [join(process.cwd(), compiler), '-p', full], { cwd: full, encoding: 'utf8' })
  return [...stdout.matchAll(/^([^\s(]+)\((\d+),\d+\): error/gm)].map(([, file, line]) => `${file}:${line}`)
}

const compilers = ['node_modules/typescript7/bin/tsc', 'node_modules/typescript/bin/tsc']

test.each(compilers)('a strict program for a page compiles against it with %s', (compiler) => {
  const page = `
    import { createBrowserClient, type Bootstrap, type BrowserClient, type BrowserDetails } from '@assay/sdk/browser'
    import { createClient } from '@assay/sdk'
    import { AssayProvider, useClient, useFlag, useFlagDetails, useFlagsStatus, useTrack } from '@assay/sdk/react'
    import { createTestClient } from '@assay/sdk/testing'

    const bootstrap: Bootstrap = createClient({ url: '', key: '' }).bootstrap({ targetingKey: 'u' })
    const client: BrowserClient = createBrowserClient({ url: 'http://localhost:4000', key: 'key', context: { targetingKey: 'u' }, bootstrap, storage: sessionStorage })
    const details: BrowserDetails<number> = client.getIntegerDetails('count', 1)
    export function Price({ fallback }: { fallback: { colour: string } }) {
      const on: boolean = useFlag('a', false)
      const theme: { colour: string } = useFlag('theme', fallback)
      const { value, reason } = useFlagDetails('layout', 'wide', { suspense: true })
      const { state } = useFlagsStatus()
      const track = useTrack()
      return <button onClick={() => { track('order', { value: details.value }) }}>{String(on)} {theme.colour} {value} {reason} {state} {useClient()?.status()}</button>
    }
    export const App = () => <AssayProvider client={createTestClient({ flags: { a: true } }).browser}><Price fallback={{ colour: 'teal' }} /></AssayProvider>
  `
  expect(complaints(compiler, { 'page.tsx': page })).toEqual([])
})

test('every TypeScript example of the guide compiles', () => {
  const blocks = [...readFileSync('docs/sdk.md', 'utf8').matchAll(/^```(tsx?)\n(.*?)^```/gms)]
  const files = blocks.map(([, kind = '', text = ''], index): [string, string] => [`example-${index}.${kind}`, `${text}\nexport {}\n`])
  // The guide's own typed flags would hold for all others.
  const isTyped = ([, text]: [string, string]) => text.includes("declare module '@assay/sdk'")
  const [typed, others] = [files.filter(isTyped), files.filter((file) => !isTyped(file))]
  expect([typed.length, others.length]).toEqual([1, 6])
  for (const group of [typed, others]) expect(complaints(compilers[0] ?? '', Object.fromEntries(group))).toEqual([])
})

test.each(compilers)('with typed flags an unknown key and a wrong type do not compile with %s, and nothing else is refused', (compiler) => {
  const flagOf = (key: string, type: 'boolean' | 'string' | 'integer' | 'float' | 'object') => ({ key, type, enabled: true, clientVisible: true, revision: 1, variants: [{ key: 'a', value: null }], rules: [], fallthrough: { variant: 'a' } })
  const generated = typedFlags({ project: 'shop', environment: 'production', flags: [flagOf('express-pay', 'boolean'), flagOf('layout', 'string'), flagOf('page-size', 'integer'), flagOf('ratio', 'float'), flagOf('theme', 'object')] }, { openfeature: true })
  const head = [
    "import { createClient } from '@assay/sdk'", "import { createBrowserClient } from '@assay/sdk/browser'", "import { useFlag, useFlagDetails } from '@assay/sdk/react'", "import { createTestClient } from '@assay/sdk/testing'",
    "import { OpenFeature } from '@openfeature/server-sdk'", "import { OpenFeature as OpenFeatureWeb } from '@openfeature/web-sdk'",
    "const [node, page, server, web] = [createClient({ url: '', key: '' }), createBrowserClient({ url: '', key: '' }), OpenFeature.getClient(), OpenFeatureWeb.getClient()]",
  ]
  const right = [
    "node.getBoolean('express-pay', false)", "node.getIntegerDetails('page-size', 1)", "node.getFloat('ratio', 1)", "page.getString('layout', '')", "page.getObject('theme', { colour: 'teal' }).colour", "useFlag('page-size', 1)", "useFlag('ratio', 0.5)",
    "useFlagDetails('theme', { colour: 'teal' }).value.colour", "createTestClient({ flags: { 'express-pay': true } }).set('layout', 'wide')", "void server.getBooleanValue('express-pay', false)", "void server.getNumberValue('ratio', 1)", "web.getObjectValue('theme', {})",
  ]
  const wrong = [
    "node.getBoolean('expres-pay', false)", "node.getBoolean('layout', false)", "node.getInteger('ratio', 1)", "page.getFloatDetails('page-size', 1)", "page.getString('gone', '')", "useFlag('gone', false)", "useFlag('layout', false)", "useFlagDetails('express-pay', 'no')",
    "createTestClient({ flags: { gone: true } })", "createTestClient().override('gone', true)", "void server.getBooleanValue('layout', false)", "void server.getStringValue('gone', '')", "web.getNumberValue('express-pay', 1)",
  ]
  const files = { 'flags.d.ts': generated, 'right.ts': [...head, ...right].join('\n'), 'wrong.ts': [...head, ...wrong].join('\n') }
  expect(complaints(compiler, files)).toEqual(wrong.map((_, index) => `wrong.ts:${head.length + index + 1}`))
  rmSync(join(full, 'flags.d.ts'))
})
