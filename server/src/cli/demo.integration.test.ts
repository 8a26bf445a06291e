import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { routes } from '../contract/routes.ts'
import { createApi } from '../testing/api.ts'

// What npm run demo runs, on a directory of its own.
const root = fileURLToPath(new URL('../../..', import.meta.url))
const params = { project: 'storefront' }
let directory: string
let running: ChildProcess | null = null

beforeAll(() => { directory = join(mkdtempSync(join(tmpdir(), 'assay-demo-')), 'demo') })
afterAll(() => {
  if (running?.pid !== undefined && running.exitCode === null && running.signalCode === null) process.kill(-running.pid, 'SIGKILL')
  rmSync(join(directory, '..'), { recursive: true, force: true })
})

/** Starts the demo in a process group of its own, as a terminal does, and waits until it says something. */
async function startDemo(until = 'Visits are coming in') {
  const child = spawn(process.execPath, ['scripts/demo.mjs'], { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ASSAY_DATA_DIR: directory, PORT: '0', HOST: '127.0.0.1' } })
  running = child
  const ended = once(child, 'exit')
  const said: string[] = []
  const lives = new Promise<void>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      said.push(line)
      if (line.includes(until)) resolve()
    })
  })
  await Promise.race([lives, ended.then(([code]) => { throw new Error(`The demo ended with ${String(code)}:\n${said.join('\n')}`) })])
  const text = said.join('\n')
  return {
    url: /^ {2}(http\S+)$/m.exec(text)?.[1] ?? '',
    text,
    /** Ctrl+C: the terminal signals the whole group. */
    async interrupt() {
      process.kill(-(child.pid ?? 0), 'SIGINT')
      const [code] = (await ended) as [number | null]
      return code
    },
  }
}

test('the demo begins anew after an interruption, shows a confirmed, a harmful and a running experiment, keeps on living, stops on Ctrl+C and wakes up again', { timeout: 240_000 }, async () => {
  const interrupted = await startDemo('are written down')
  expect(await interrupted.interrupt()).toBe(0)

  const first = await startDemo()
  const [, email = '', password = ''] = /Sign in as (\S+) with the password (\S+)/.exec(first.text) ?? []
  const api = createApi(first.url)
  expect((await api(routes.signIn, { body: { email, password } })).status).toBe(200)

  const { experiments } = (await api(routes.listExperiments, { params })).body
  const states = Object.fromEntries(experiments.map(({ title, status, verdict, level }) => [title, { status, verdict: verdict && { kind: verdict.kind, final: verdict.final }, level }]))
  expect(states).toEqual({
    'Express pay at checkout': { status: 'decided', verdict: { kind: 'confirmed', final: true }, level: 4 },
    'A countdown at checkout': { status: 'stopped', verdict: { kind: 'harmful', final: true }, level: 3 },
    'Reviews beside the price': { status: 'decided', verdict: { kind: 'rejected', final: true }, level: 4 },
    'Search results by meaning': { status: 'running', verdict: { kind: 'inconclusive', final: false }, level: 2 },
    'Say that returns are free': { status: 'draft', verdict: null, level: 1 },
  })
  for (const { key, status } of experiments.filter((experiment) => experiment.status !== 'draft')) {
    const { analysis, plan, planHash, decision } = (await api(routes.getExperiment, { params: { ...params, experiment: key } })).body
    expect(analysis).toMatchObject({ planHash, crossedUnits: 0 })
    expect(analysis?.srm.p).toBeGreaterThan(0.001)
    expect(analysis?.daily.length).toBeGreaterThan(plan === null ? Infinity : 3)
    expect(analysis?.metrics.every((metric) => metric.arms.every((arm) => arm.n > 1000 && arm.mean !== null))).toBe(true)
    expect(decision?.differsFromVerdict ?? false).toBe(false)
    expect(decision === null).toBe(status !== 'decided')
  }

  await everyListIsFull(first.url, api)
  await somethingWasLearned(api)
  await peopleComeIn(api)
  expect(await first.interrupt()).toBe(0)

  const second = await startDemo()
  expect(second.text).toContain(`Sign in as ${email} with the password that was printed at the first start`)
  const again = createApi(second.url)
  expect((await again(routes.signIn, { body: { email, password } })).status).toBe(200)
  expect((await again(routes.listExperiments, { params })).body.experiments.map(({ key }) => key)).toEqual(experiments.map(({ key }) => key))
  await peopleComeIn(again)
  expect(await second.interrupt()).toBe(0)
})

type Api = ReturnType<typeof createApi>

async function everyListIsFull(url: string, api: Api): Promise<void> {
  const { flags } = (await api(routes.listFlags, { params, query: {} })).body
  expect(new Set(flags.map((flag) => flag.type))).toEqual(new Set(['boolean', 'string', 'integer', 'float', 'object']))
  expect(new Set(flags.map((flag) => flag.kind))).toEqual(new Set(['release', 'experiment', 'operational', 'permission']))
  expect(flags.every((flag) => flag.environments.length === 3)).toBe(true)
  const { hypotheses } = (await api(routes.listHypotheses, { params })).body
  expect(new Set(hypotheses.map((hypothesis) => hypothesis.level))).toEqual(new Set([1, 2, 3, 4]))
  expect((await api(routes.listCohorts, { params })).body.cohorts.some((cohort) => cohort.usedBy.length > 0)).toBe(true)
  expect((await api(routes.listMetrics, { params })).body.metrics.length).toBeGreaterThan(3)
  expect((await api(routes.verifyAudit, { params, query: {} })).body.verified).toBe(true)
  const { members } = (await api(routes.listMembers, { params })).body
  expect(members.map((member) => member.role).sort()).toEqual(['admin', 'engineer', 'product_owner', 'viewer'])
  await vi.waitFor(async () => {
    expect((await api(routes.getConnections, { params: { ...params, environment: 'production' } })).body.upToDate).toBeGreaterThan(0)
  }, { timeout: 20_000 })
  expect((await fetch(url)).status).toBe(200)
}

async function somethingWasLearned(api: Api): Promise<void> {
  const { learnings, wrongTotal } = (await api(routes.listLearnings, { params, query: { search: 'address form' } })).body
  expect(learnings.map(({ verdict }) => verdict)).toEqual(['confirmed'])
  expect(wrongTotal).toBe(1)
  const { winRate, calibration } = (await api(routes.getProgramme, { params })).body
  expect([winRate.value?.wins, winRate.value?.decided, calibration.value?.forecasts]).toEqual([1, 3, 3])
  const { tasks } = (await api(routes.listTasks, { params, query: {} })).body
  expect(new Set(tasks.map(({ doneAt }) => doneAt !== null))).toEqual(new Set([true, false]))
  const { hypotheses } = (await api(routes.listHypotheses, { params })).body
  expect(hypotheses.find(({ title }) => title === 'Express pay at checkout')?.followedBy).toMatchObject([{ kind: 'follow_up' }])
}

/** The analysis is asked for until it counts somebody who was not there before. */
async function peopleComeIn(api: Api): Promise<void> {
  const experiment = (await api(routes.listExperiments, { params })).body.experiments.find(({ status }) => status === 'running')?.key ?? ''
  const people = async () => (await api(routes.analyseExperiment, { params: { ...params, experiment } })).body.people
  const before = await people()
  expect(before).toBeGreaterThan(3000)
  await vi.waitFor(async () => { expect(await people()).toBeGreaterThan(before) }, { timeout: 30_000, interval: 500 })
}
