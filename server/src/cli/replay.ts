import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createGunzip } from 'node:zlib'
import { type Client, createClient } from '@assay/sdk'
import { parse } from 'csv-parse'
import { routes } from '../contract/routes.ts'
import { startLocalServer } from './local-server.ts'
import { replayResult } from './replay-result.ts'
import { type ReplayRow, rowReader } from './replay-rows.ts'
import { parseReplaySpec, type ReplaySpec } from './replay-spec.ts'
import { safeKeys } from './safe-keys.ts'
import { type Installation, setUp } from './set-up.ts'

const USAGE = 'Usage: npm run replay -- FOLDER [--data DIRECTORY]\n\nFOLDER holds replay.json and its data. --data keeps the installation: start it again with ASSAY_DATA_DIR=DIRECTORY npm start.'
/** Rows between two waits for the event queues: bounds memory. */
const ROWS_PER_FLUSH = 20_000
/** A client sends one batch at a time; the batches of several share a write to the event store. */
const CLIENTS = 4
const ENVIRONMENT = 'production'
const FLAG = 'replay'

interface Keys {
  arms: Map<string, string>
  metrics: Map<string, string>
}

await main()

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } })
  const [folder] = positionals
  if (folder === undefined) throw new Error(USAGE)
  const spec = parseReplaySpec(readFileSync(join(folder, 'replay.json'), 'utf8'))
  const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'assay-replay-'))
  const server = await startLocalServer(fileURLToPath(new URL('../main.js', import.meta.url)), dataDir, 0)
  try {
    const installation = await setUp(server, spec.name)
    const result = await replay(server.url, installation, folder, spec)
    if (values.data !== undefined) console.log(`Kept in ${dataDir}: start it with ASSAY_DATA_DIR=${dataDir} npm start, then sign in as ${installation.email} with ${installation.password}`)
    console.log(JSON.stringify(result))
  } finally {
    await server.stop()
    if (values.data === undefined) rmSync(dataDir, { recursive: true, force: true })
  }
}

async function replay(url: string, { api, project }: Installation, folder: string, spec: ReplaySpec) {
  const { rows, kept, units } = await count(folder, spec)
  console.log(`${spec.name}: ${rows.toLocaleString('en-GB')} rows, ${units.toLocaleString('en-GB')} units.`)
  const keys: Keys = {
    arms: safeKeys(Object.keys(spec.weights), /[A-Za-z0-9._-]/, 100),
    metrics: safeKeys(spec.metrics.map((metric) => metric.key), /[a-z0-9._-]/, 100),
  }
  const experiment = await createStartedExperiment({ api, project }, spec, keys, units)
  const { secret } = await api.call(routes.createKey, { params: { project }, body: { environment: ENVIRONMENT, kind: 'server', name: 'Replay' } })

  const clients = Array.from({ length: CLIENTS }, () => createClient({ url, key: secret, backfill: true, batchSize: 1000, maxQueueSize: 100_000 }))
  await Promise.all(clients.map((client) => client.ready()))
  let sent = 0
  for await (const row of readRows(folder, spec)) {
    if (row === null) continue
    send(clients[sent % CLIENTS] as Client, experiment, row, keys)
    if (++sent % ROWS_PER_FLUSH === 0) await Promise.all(clients.map((client) => client.flush()))
  }
  await Promise.all(clients.map((client) => client.flush()))
  await Promise.all(clients.map((client) => client.close()))
  console.log(`${sent.toLocaleString('en-GB')} rows are stored.`)

  const { analysis } = await api.call(routes.analyseExperiment, { params: { project, experiment } })
  if (!analysis) throw new Error(`${experiment} has no analysis.`)
  return replayResult(analysis, { name: spec.name, dropped: rows - kept, arms: invert(keys.arms), metrics: invert(keys.metrics) })
}

/** Hypothesis, metrics, flag and experiment as `replay.json` describes them; the sealed plan's size is the number of units. */
async function createStartedExperiment({ api, project }: Pick<Installation, 'api' | 'project'>, spec: ReplaySpec, keys: Keys, units: number): Promise<string> {
  const params = { project }
  const metricKey = (name: string) => keys.metrics.get(name) ?? name
  const { hypothesis } = spec
  const guardrails = new Map(hypothesis.guardrails.map((guardrail) => [guardrail.metric, guardrail]))
  for (const metric of spec.metrics) {
    const direction = metric.key === hypothesis.primary ? hypothesis.direction : (guardrails.get(metric.key)?.direction ?? 'increase')
    const key = metricKey(metric.key)
    await api.call(routes.createMetric, { params, body: { key, name: metric.key, description: `Column ${metric.column} of ${spec.file}`, type: metric.type, event: key, direction, unitLabel: '', windowHours: null } })
  }
  await api.call(routes.createFlag, {
    params,
    body: { key: FLAG, name: spec.name, kind: 'experiment', type: 'string', variants: [...keys.arms].map(([name, key]) => ({ key, name, value: name })) },
  })
  const { key } = await api.call(routes.createHypothesis, {
    params,
    body: {
      title: spec.name,
      change: hypothesis.change,
      audience: hypothesis.cohort,
      cohort: null,
      because: hypothesis.because,
      primaryMetric: metricKey(hypothesis.primary),
      direction: hypothesis.direction,
      minimumEffect: hypothesis.minimumEffect,
      guardrails: hypothesis.guardrails.map(({ metric, margin }) => ({ metric: metricKey(metric), margin })),
      secondaryMetrics: spec.metrics.map((metric) => metric.key).filter((name) => name !== hypothesis.primary && !guardrails.has(name)).map(metricKey),
      wrongIf: `The whole interval of ${hypothesis.primary} lies below the minimum effect.`,
      rollbackPlan: 'None: this is a recording.',
      maxExposure: 1,
      maxDays: 365,
      decider: 'Whoever reads the replay',
    },
  })
  const arms = [...keys.arms].map(([name, variant]) => ({ variant, weight: spec.weights[name] ?? 0 }))
  const created = await api.call(routes.createExperiment, {
    params,
    body: {
      hypothesis: key,
      setup: { flag: FLAG, environment: ENVIRONMENT, unitType: 'user', assignment: 'external', arms, control: keys.arms.get(spec.control) ?? spec.control, coverage: 1, mode: hypothesis.mode, plannedUnits: units, plannedDays: null, minDays: 0, alpha: 0.05, power: 0.8 },
    },
  })
  const { revision, sealing } = created
  await api.call(routes.startExperiment, { params: { project, experiment: created.key }, body: { basedOn: revision, sealing, reason: `Replay of ${spec.file}` } })
  return created.key
}

/** The exposure, and its events one second later. */
function send(client: Client, experiment: string, row: ReplayRow, keys: Keys): void {
  client.expose({ experiment, unit: row.unit, variant: keys.arms.get(row.arm) ?? row.arm, at: row.at })
  const at = new Date(row.at.getTime() + 1000)
  for (const { name, value } of row.events) {
    client.track(keys.metrics.get(name) ?? name, { targetingKey: row.unit }, { at, ...(value === undefined ? {} : { value }) })
  }
}

/** Rows of the file, those that are kept, and the units that can be compared: one that is in two arms is left out of the analysis, and so of the plan's size. */
async function count(folder: string, spec: ReplaySpec): Promise<{ rows: number; kept: number; units: number }> {
  const arms = new Map<string, string>()
  const crossed = new Set<string>()
  let rows = 0
  let kept = 0
  for await (const row of readRows(folder, spec)) {
    rows++
    if (row === null) continue
    kept++
    if ((arms.get(row.unit) ?? row.arm) !== row.arm) crossed.add(row.unit)
    arms.set(row.unit, row.arm)
  }
  return { rows, kept, units: arms.size - crossed.size }
}

/** Rows in file order, null for a dropped one. */
async function* readRows(folder: string, spec: ReplaySpec): AsyncGenerator<ReplayRow | null> {
  const file = createReadStream(join(folder, spec.file))
  const rows = parse({ columns: true, bom: true, trim: true })
  // A failing stage ends `rows` with its error, so the loop below throws it.
  if (spec.file.endsWith('.gz')) pipeline(file, createGunzip(), rows, () => undefined)
  else pipeline(file, rows, () => undefined)
  const read = rowReader(spec)
  let index = 0
  for await (const row of rows as AsyncIterable<Record<string, string>>) yield read(row, index++)
}

function invert(map: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...map].map(([name, key]) => [key, name]))
}
