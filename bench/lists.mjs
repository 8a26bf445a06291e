// `npm run bench:lists [-- --quick]`: lists of 5,000 flags, 500 experiments and 100,000 entries of the audit log, through the real server and the
// built admin UI. One JSON line per figure: how long a request takes and what it weighs, and how long a key that is typed takes until what it
// finds is painted in Chromium. Needs a built server and UI. Keys are typed in a project of 50 flags in turn, as a measure of the machine.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureChromium } from '../scripts/browser.mjs'
import { fillProject } from './lists/fill-project.mjs'
import { keystrokes } from './lists/keystrokes.mjs'
import { spread } from './lists/spread.mjs'

const quick = process.argv.includes('--quick')
const sizes = { many: quick ? { flags: 500, experiments: 50, entries: 2_000 } : { flags: 5_000, experiments: 500, entries: 100_000 }, few: { flags: 50, experiments: 5, entries: 200 } }
const rounds = quick ? 5 : 25

const requests = [
  ['flags, first page', '/flags'],
  ['flags, a search', '/flags?q=express'],
  ['flags, a search that finds one', '/flags?q=express%20checkout%2040'],
  ['flags, by name', '/flags?sort=flag'],
  ['flags, to clean up', '/flags?view=cleanup'],
  ['flags, counts of the views', '/flag-views'],
  ['flags, names of all', '/flag-names'],
  ['usage of 50 flags', `/flag-usage?flags=${Array.from({ length: 50 }, (_, n) => `flag-${n + 1}`).join(',')}`],
  ['usage of all flags', '/flag-usage'],
  ['hypotheses', '/hypotheses'],
  ['experiments', '/experiments'],
  ['changes', '/changes'],
  ['audit, newest', '/audit?limit=50'],
  ['audit, one kind, far back', '/audit?kind=flag&before=1000&limit=50'],
  ['audit, one key', '/audit?key=flag-77&limit=50'],
  ['audit, whether the chain is whole', '/audit/verification'],
]

if (process.env.ASSAY_BENCH_SERVER) await serve()
else await measure()

/** The server in a process of its own, on embedded stores, which fills its projects when it is told to. */
async function serve() {
  const log = { debug() {}, info() {}, warn() {}, error: console.error, fatal: console.error }
  const dist = (file) => import(new URL(`../server/dist/${file}.js`, import.meta.url).href)
  const [{ createDeps }, { createApp }, { readConfig }, { serve: listen }, { chainHash }] = await Promise.all([dist('create-deps'), dist('app'), dist('config'), dist('http/serve'), dist('audit/audit-chain')])
  const { deps, close } = await createDeps(readConfig({ ...process.env, PORT: '0', HOST: '127.0.0.1' }), log)
  const server = await listen(createApp(deps), deps)
  process.on('message', async ({ project, cpu }) => {
    if (cpu) {
      const { user, system } = process.cpuUsage()
      process.send({ cpuMs: (user + system) / 1_000 })
      return
    }
    await fillProject(deps.db, chainHash, project, sizes[project])
    process.send({ filled: project })
  })
  process.on('SIGTERM', async () => {
    await server.stop()
    await close()
    process.exit(0)
  })
  process.send({ url: server.url, token: await deps.setup.issueToken() })
}

async function measure() {
  const dataDir = mkdtempSync(join(tmpdir(), 'assay-bench-lists-'))
  const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), { env: { ...process.env, ASSAY_BENCH_SERVER: '1', ASSAY_DATA_DIR: dataDir } })
  const ask = (message) => new Promise((resolve) => { child.once('message', resolve); if (message) child.send(message) })
  try {
    const { url, token } = await ask()
    const cookie = await send(url, '/setup', { token, name: 'Bench', project: 'Many', email: 'bench@example.com', password: 'correct horse battery' })
    await send(url, '/projects', { key: 'few', name: 'Few' }, cookie)
    for (const project of ['many', 'few']) await ask({ project })
    for (const [name, path] of requests) await request({ url, cookie, ask }, name, path)
    const { path } = await ensureChromium()
    if (path === null) throw new Error('There is no Chromium to type in.')
    for await (const figure of keystrokes({ url, cookie, chromium: path, rounds })) say(figure)
  } finally {
    const ended = new Promise((resolve) => { child.once('exit', resolve) })
    child.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The first time apart: what is kept in memory is read then. The server's processor time says more than the clock where other programs run. */
async function request({ url, cookie, ask }, name, path) {
  for (const project of ['many', 'few']) {
    const times = []
    let bytes = 0
    let begun = 0
    for (let round = 0; round <= rounds; round++) {
      if (round === 1) begun = (await ask({ cpu: true })).cpuMs
      const started = performance.now()
      const response = await fetch(`${url}/api/v1/projects/${project}${path}`, { headers: { cookie } })
      const text = await response.text()
      times.push(performance.now() - started)
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
      bytes = text.length
    }
    const cpuMs = Number((((await ask({ cpu: true })).cpuMs - begun) / rounds).toFixed(1))
    const [first, ...later] = times
    say({ figure: 'request', what: name, project, bytes, firstMs: Number(first.toFixed(1)), ...spread(later), cpuMs })
  }
}

function say(figure) {
  console.log(JSON.stringify({ suite: 'lists', ...figure, node: process.version }))
}

async function send(url, path, body, cookie) {
  const response = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
}
