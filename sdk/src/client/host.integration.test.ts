import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Ruleset } from '../core/index.ts'
import { aFlag, aRuleset, halves } from '../core/ruleset.samples.ts'
import { buildClient } from './built-client.samples.ts'

/** What only shows in processes of their own, with sockets and memory of their own. */
let built: Awaited<ReturnType<typeof buildClient>>
const servers: Server[] = []
beforeAll(async () => { built = await buildClient() })
afterAll(() => { built.remove() })
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

const flags = [aFlag('release', { fallthrough: { variant: 'on' } }), aFlag('tested', { fallthrough: halves('s', { experiment: 'e' }) })]

function eventOf(ruleset: Ruleset): string {
  return `event: ruleset\ndata: ${JSON.stringify(ruleset)}\n\n`
}

/** A server that serves a ruleset, streams it, and tells which instances it has seen. */
async function assay(ruleset: Ruleset = aRuleset({ flags })) {
  const seen = new Map<string, number>()
  const streams = new Set<ServerResponse>()
  let current = ruleset
  const answers: Record<string, (req: IncomingMessage, res: ServerResponse, body: string) => void> = {
    '/sdk/v1/ruleset': (_, res) => { res.end(JSON.stringify(current)) },
    '/sdk/v1/stream': (req, res) => {
      streams.add(res.on('close', () => { streams.delete(res) }))
      res.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n')
      if (req.headers['last-event-id'] !== `${current.epoch}:${current.version}`) res.write(eventOf(current))
    },
    '/sdk/v1/seen': (_, res, body) => {
      const { instanceId, version } = JSON.parse(body) as { instanceId: string; version: number }
      seen.set(instanceId, version)
      res.writeHead(204).end()
    },
    '/sdk/v1/events': (_, res) => { res.writeHead(202).end('{"accepted":0,"rejected":[]}') },
  }
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => { answers[req.url ?? '']?.(req, res, Buffer.concat(chunks).toString()) })
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    publish(next: Ruleset): void {
      current = next
      for (const stream of streams) stream.write(eventOf(next))
    },
  }
}

/** Runs a program to its end; `on` is told each line that it writes. */
async function run(name: string, source: string, url: string, on: (line: string) => void = () => undefined): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn(process.execPath, ['--expose-gc', built.program(name, source)], { env: { ...process.env, ASSAY_URL: url } })
  const lines: string[] = []
  let rest = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n')
      rest = parts.pop() ?? ''
      for (const line of parts) {
        lines.push(line)
        on(line)
      }
    })
  }
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, lines }
}

test('S21 a program that only makes a client ends by itself, with its stream open', async () => {
  const { url } = await assay()
  const { code, lines } = await run('ends.mjs', `
    import { createClient } from './client.mjs'
    const client = createClient({ url: process.env.ASSAY_URL, key: 'key' })
    console.log(await client.ready())
    client.track('order', { targetingKey: 'u' })
  `, url)
  expect([code, lines]).toEqual([0, ['ready']])
})

test('S22 the workers of a cluster and the threads of a process each follow changes, under ids of their own', async () => {
  const server = await assay()
  let started = 0
  const { code, lines } = await run('workers.mjs', `
    import cluster from 'node:cluster'
    import { Worker, isMainThread, workerData } from 'node:worker_threads'
    import { fileURLToPath } from 'node:url'
    import { createClient } from './client.mjs'
    const client = createClient({ url: process.env.ASSAY_URL, key: 'key', random: () => 0 })
    const changed = new Promise((resolve) => { client.onUpdate(({ version }) => { if (version === 2) resolve() }) })
    const done = []
    if (cluster.isPrimary && isMainThread) {
      await client.ready()
      const here = fileURLToPath(import.meta.url)
      const ended = (worker) => new Promise((resolve) => { worker.on('exit', resolve) })
      done.push(ended(cluster.fork()), ended(cluster.fork()), ended(new Worker(here)))
    }
    await client.ready()
    console.log('ready')
    const alive = setInterval(() => undefined, 1000)
    await changed
    await new Promise((resolve) => setTimeout(resolve, 500))
    await Promise.all(done)
    clearInterval(alive)
    await client.close()
    if (!cluster.isPrimary) process.exit(0)
  `, server.url, (line) => {
    if (line === 'ready' && ++started === 4) setTimeout(() => { server.publish(aRuleset({ version: 2, flags })) }, 300)
  })
  expect([code, lines.filter((line) => line === 'ready').length]).toEqual([0, 4])
  expect([...server.seen.values()]).toEqual([2, 2, 2, 2])
})

test('S12 a million events while Assay is away cost little memory, and each is counted', async () => {
  const { code, lines } = await run('away.mjs', `
    import { createClient } from './client.mjs'
    const client = createClient({ url: 'http://127.0.0.1:9', key: 'key', logger: { warn() {} } })
    await client.ready()
    for (let i = 0; i < 20_000; i++) client.track('order', { targetingKey: 'u' + i })
    const used = () => { gc(); gc(); return process.memoryUsage().heapUsed }
    const before = used()
    for (let i = 0; i < 1_000_000; i++) client.track('order', { targetingKey: 'u' + i }, { value: i })
    const { queued, dropped } = client.counts()
    console.log(JSON.stringify({ grown: used() - before, queued, full: dropped.queue_full }))
    process.exit(0)
  `, '')
  const { grown, queued, full } = JSON.parse(lines[0] ?? '') as { grown: number; queued: number; full: number }
  expect([code, queued, queued + full]).toEqual([0, 10_000, 1_020_000])
  expect(grown).toBeLessThan(10_000_000)
})

test('S17 a million users leave nothing behind', async () => {
  const { url } = await assay()
  const { code, lines } = await run('users.mjs', `
    import { createClient } from './client.mjs'
    const client = createClient({ url: process.env.ASSAY_URL, key: 'key', batchSize: 1000, logger: { warn() {} } })
    await client.ready()
    const used = () => { gc(); gc(); return process.memoryUsage().heapUsed }
    const meet = async (from, to) => {
      for (let i = from; i < to; i++) {
        client.getBooleanDetails('tested', false, { targetingKey: 'user-' + i, country: 'DE' })
        if (i % 5000 === 0) await client.flush()
      }
      await client.flush()
    }
    await meet(0, 100_000)
    const before = used()
    await meet(100_000, 1_000_000)
    console.log(used() - before)
    await client.close()
  `, url)
  expect(code).toBe(0)
  expect(Number(lines[0])).toBeLessThan(10_000_000)
})

test('S18 a hundred thousand hostile contexts bring the defaults or a value, and no exception anywhere', async () => {
  const { url } = await assay(aRuleset({ flags: [...flags, aFlag('asked', { rules: [{ id: '1', when: { any: [{ attribute: 'a', op: 'contains', values: ['x'] }, { attribute: 'a.b', op: 'gt', values: [1] }] }, serve: { variant: 'on' } }] })] }))
  const { code, lines } = await run('hostile.mjs', `
    import { createClient } from './client.mjs'
    let uncaught = 0
    process.on('uncaughtException', () => { uncaught++ })
    process.on('unhandledRejection', () => { uncaught++ })
    const client = createClient({ url: process.env.ASSAY_URL, key: 'key', logger: { warn() { throw new Error('no') } } })
    await client.ready()
    const no = () => { throw new Error('no') }
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    const cycle = {}
    cycle.a = cycle
    const values = [undefined, null, NaN, Infinity, 0, 1n, Symbol('x'), '', 'x', 'x'.repeat(1_000_000), [], ['x'], {}, cycle, revoked.proxy, new Proxy({}, { get: no, has: no, ownKeys: no, getOwnPropertyDescriptor: no, getPrototypeOf: no }),
      { get b() { return no() } }, { b: 2 }, { toString: no, valueOf: no, toJSON: no }, () => 'x', new Date(NaN), new Map(), Object.create(null), JSON.parse('{"__proto__": {"b": 2}}'), class {}, new (class { a = 'x' })()]
    const pick = () => values[Math.floor(Math.random() * values.length)]
    const calls = [client.getBoolean, client.getString, client.getInteger, client.getFloat, client.getObject, client.getBooleanDetails, client.getObjectDetails]
    let answers = 0
    for (let i = 0; i < 100_000; i++) {
      const context = Math.random() < 0.2 ? pick() : { targetingKey: pick(), a: pick(), [typeof pick() === 'string' ? 'a.b' : 'c']: pick() }
      const flag = Math.random() < 0.1 ? pick() : ['release', 'tested', 'asked'][i % 3]
      const fallback = pick()
      calls[i % calls.length](flag, fallback, context)
      if (i % 50 === 0) { client.track(pick(), context, pick()); client.expose(pick()); client.identify(pick(), pick()) }
      answers++
    }
    await client.close()
    await new Promise((resolve) => setImmediate(resolve))
    console.log(JSON.stringify([answers, uncaught]))
    process.exit(0)
  `, url)
  expect([code, lines]).toEqual([0, ['[100000,0]']])
})

test('S24 the engine asks nothing of where it runs: no Node, no fetch, no eval, no clock', async () => {
  const { outputFiles } = await build({ stdin: { contents: "export * from './index.ts'\nexport * from './patterns.ts'", resolveDir: 'sdk/src/core' }, bundle: true, format: 'iife', globalName: 'core', platform: 'neutral', target: 'es2022', minify: true, write: false, logLevel: 'error' })
  const text = outputFiles[0]?.text ?? ''
  expect(text).not.toMatch(/["'`]node:|\beval\(|new Function|\brequire\(|Date\.now|Math\.random|\bprocess\b|\bfetch\(/)
  const ruleset = aRuleset({ flags: [aFlag('a', { rules: [{ id: '1', when: { attribute: 'a', op: 'matches', values: ['^x+$'] }, serve: { variant: 'on' } }] })] })
  // A context without code from strings, as at the edge.
  const reasons: unknown = runInNewContext(`${text}; const compiled = core.compileRuleset(${JSON.stringify(ruleset)}, { patterns: core.patterns }); JSON.stringify([core.evaluate(compiled, 'a', { a: 'xx' }).reason, core.explain(compiled, 'a', {}).evaluation.reason])`, {}, { contextCodeGeneration: { strings: false, wasm: false } })
  expect(JSON.parse(String(reasons))).toEqual(['TARGETING_MATCH', 'DEFAULT'])
})

test('S29 a ruleset of five megabytes is read in slices: evaluation goes on, and the new one is there at once and whole', async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => aFlag(`flag-${index}`, { rules: [{ id: 'r', when: { all: [{ attribute: 'country', op: 'in', values: ['DE', 'AT', 'CH'] }, { attribute: 'text', op: 'contains', values: [`"\\${index}`] }] }, serve: halves(`salt-${index}`) }] }))
  const server = await assay(aRuleset({ flags }))
  const large = aRuleset({ version: 2, flags: [...flags, ...many] })
  expect(JSON.stringify(large).length).toBeGreaterThan(4_500_000)
  const { code, lines } = await run('large.mjs', `
    import { createClient } from './client.mjs'
    const client = createClient({ url: process.env.ASSAY_URL, key: 'key' })
    await client.ready()
    console.log('ready')
    // How many turns others had between the first part of the new ruleset and its use, and what they saw.
    let turns = 0
    let mixed = 0
    let isOver = false
    client.onUpdate(({ version }) => { if (version === 2) isOver = true })
    while (!isOver) {
      turns++
      const { version, reason } = client.getBooleanDetails('flag-9999', false, {})
      if (version === 1 ? reason !== 'ERROR' : reason !== 'DEFAULT') mixed++
      await new Promise((resolve) => setImmediate(resolve))
    }
    console.log(JSON.stringify({ turns, mixed, reason: client.getBooleanDetails('flag-9999', false, {}).reason }))
    await client.close()
  `, server.url, (line) => { if (line === 'ready') server.publish(large) })
  expect([code, lines[0]]).toEqual([0, 'ready'])
  const { turns, mixed, reason } = JSON.parse(lines[1] ?? '') as { turns: number; mixed: number; reason: string }
  expect([mixed, reason]).toEqual([0, 'DEFAULT'])
  // Slices of 100,000 characters, searched and parsed.
  expect(turns).toBeGreaterThan(45)
})
