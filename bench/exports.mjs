// `npm run bench:exports [-- --rows N] [--format F] [--events] [--quick]`: exports of raw rows through the real server over HTTP. One JSON line per format:
// time, bytes, and by how much the server's memory grew beyond what it was before the first row. Needs a built server.
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

if (process.env.ASSAY_BENCH_SERVER) await serve()
else await measure()

/** The server in a process of its own, on embedded stores; rows are made inside the event store. */
async function serve() {
  const log = { debug() {}, info() {}, warn() {}, error: console.error, fatal: console.error }
  const dist = (file) => import(new URL(`../server/dist/${file}.js`, import.meta.url).href)
  const [{ createDeps }, { createApp }, { readConfig }, { serve: listen }] = await Promise.all([dist('create-deps'), dist('app'), dist('config'), dist('http/serve')])
  const { deps, close } = await createDeps(readConfig({ ...process.env, PORT: '0', HOST: '127.0.0.1' }), log)
  const server = await listen(createApp(deps), deps)
  process.on('message', async ({ query, memory }) => {
    if (memory) process.send({ rss: residentBytes() })
    else if (query) process.send({ done: await deps.events.command({ query }) })
    // Rows name project and environment by their ids.
    else process.send(await deps.db.experiment.findFirstOrThrow({ select: { key: true, projectId: true, environmentId: true } }))
  })
  process.on('SIGTERM', async () => {
    await server.stop()
    await close()
    process.exit(0)
  })
  process.send({ url: server.url, token: await deps.setup.issueToken() })
}

function residentBytes() {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024
}

async function measure() {
  const at = process.argv.indexOf('--rows')
  const rows = at > 0 ? Number(process.argv[at + 1]) : process.argv.includes('--quick') ? 100_000 : 10_000_000
  const dataDir = mkdtempSync(join(tmpdir(), 'assay-bench-exports-'))
  let child
  const ask = (message) => new Promise((resolve) => { child.once('message', resolve); if (message) child.send(message) })
  const start = () => {
    child = fork(fileURLToPath(import.meta.url), { env: { ...process.env, ASSAY_BENCH_SERVER: '1', ASSAY_DATA_DIR: dataDir } })
    return ask()
  }
  const stop = async (signal) => {
    const ended = new Promise((resolve) => { child.once('exit', resolve) })
    child.kill(signal)
    await ended
  }
  const tables = process.argv.includes('--events') ? ['exposures', 'events'] : ['exposures']
  const only = process.argv.indexOf('--format')
  const formats = only > 0 ? [process.argv[only + 1]] : ['csv', 'ndjson', 'json', 'parquet']
  try {
    const { url: first, token } = await start()
    const signedUp = await signIn(first, 'setup', { token, name: 'Bench', project: 'Bench' })
    const event = await prepare(first, signedUp)
    const { key: experiment, projectId: project, environmentId: environment } = await ask({ scope: true })
    const inPhase = `'${project}' AS project, '${environment}' AS environment`
    const step = 500_000
    for (let from = 0; from < rows; from += step) {
      const count = Math.min(step, rows - from)
      await ask({ query: `INSERT INTO exposure (project, environment, experiment, phase, unitType, unit, variant, at, id, source, attributes, receivedAt)
        SELECT ${inPhase}, '${experiment}', 1, 'user', concat('user-', leftPad(toString(number + ${from}), 9, '0')), if(number % 2 = 0, 'off', 'on'), toDateTime64('2026-03-02 08:00:00', 3, 'UTC') + (number % 1000), generateUUIDv4(), 'bench', '{"country":"SE","plan":"pro"}', now64(6, 'UTC') FROM numbers(${count}) SETTINGS max_execution_time = 0` })
      if (tables.includes('events')) await ask({ query: `INSERT INTO event (project, environment, name, units, value, at, id, source, receivedAt, properties)
        SELECT ${inPhase}, '${event}', map('user', concat('user-', leftPad(toString(number + ${from}), 9, '0'))), number / 7, toDateTime64('2026-03-03 08:00:00', 3, 'UTC') + intDiv(number + ${from}, 10), generateUUIDv4(), 'bench', now64(6, 'UTC'), '{"currency":"EUR"}' FROM numbers(${count}) SETTINGS max_execution_time = 0` })
    }
    for (const table of tables) {
      for (const format of formats) {
        // Each in a fresh process: what filling the store or another export has taken is not counted, nor hides anything.
        await stop('SIGTERM')
        const { url } = await start()
        const cookie = await signIn(url, 'session', {})
        const before = (await ask({ memory: true })).rss
        let most = before
        let ended = false
        const watching = (async () => {
          while (!ended) {
            most = Math.max(most, (await ask({ memory: true })).rss)
            await new Promise((resolve) => { setTimeout(resolve, 200) })
          }
        })()
        const started = performance.now()
        const response = await fetch(`${url}/api/v1/projects/bench/exports/${table}?format=${format}&experiment=${experiment}`, { headers: { cookie } })
        if (response.status !== 200) throw new Error(`The server answered ${response.status}: ${await response.text()}`)
        let bytes = 0
        for await (const piece of response.body) bytes += piece.length
        ended = true
        await watching
        const seconds = (performance.now() - started) / 1000
        console.log(JSON.stringify({ suite: 'exports', table, format, rows, bytes, seconds: Number(seconds.toFixed(1)), rowsPerSecond: Math.round(rows / seconds), rssBeforeMb: mb(before), rssMostMb: mb(most), grewMb: mb(most - before), node: process.version }))
      }
    }
  } finally {
    await stop('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function mb(bytes) {
  return Math.round(bytes / 1e6)
}

async function signIn(url, at, more) {
  const response = await fetch(`${url}/api/v1/${at}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'bench@example.com', password: 'correct horse battery', ...more }) })
  return response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
}

/** An experiment that an outside service assigns, started through the API. */
async function prepare(url, cookie) {
  const call = async (method, path, body) => {
    const response = await fetch(`${url}/api/v1/projects/bench${path}`, { method, headers: { cookie, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) })
    const answer = await response.json()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`)
    return answer
  }
  const event = 'paid'
  await call('POST', '/metrics', { key: 'revenue', name: 'Revenue', description: '', type: 'mean', event, direction: 'increase', unitLabel: 'EUR', windowHours: null })
  await call('POST', '/flags', { key: 'bench', name: 'Bench', kind: 'experiment', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] })
  const hypothesis = await call('POST', '/hypotheses', { title: 'Bench', change: 'change it', audience: 'everybody', cohort: null, because: 'we measure', primaryMetric: 'revenue', direction: 'increase', minimumEffect: 0.02, guardrails: [], secondaryMetrics: [], wrongIf: 'nothing moves', rollbackPlan: 'turn it off', maxExposure: 1, maxDays: 30, decider: 'Bench' })
  const drafted = await call('POST', '/experiments', { hypothesis: hypothesis.key, setup: { flag: 'bench', environment: 'production', unitType: 'user', assignment: 'external', arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }], control: 'off', coverage: 1, mode: 'fixed', plannedUnits: 1000, plannedDays: null, minDays: 0, alpha: 0.05, power: 0.8 } })
  await call('POST', `/experiments/${drafted.key}/start`, { basedOn: drafted.revision, sealing: drafted.sealing, reason: 'To measure exports.' })
  return event
}
