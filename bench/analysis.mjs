import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from './load.mjs'

const sizes = { quick: { units: 100_000, events: 250_000 }, full: { units: 2_000_000, events: 5_000_000 } }
const ROWS_PER_INSERT = 500_000
const start = new Date('2026-01-01T00:00:00.000Z')
const ids = "'p' AS project, 'e' AS environment"
const at = (seed, days) => `toDateTime64('2026-01-01 00:00:00', 3, 'UTC') + cityHash64(number, ${seed}) % (${days} * 86400) AS at`

const metric = (key, role, type) => ({ key, revision: 1, name: key, role, type, event: key, direction: 'increase', unitLabel: '', windowHours: null, margin: null })
const plan = {
  experiment: 'EXP-1', phase: 1, unitType: 'user', mode: 'fixed', plannedDays: 14, arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }], control: 'off',
  metrics: [metric('order', 'primary', 'conversion'), metric('refund', 'guardrail', 'conversion'), metric('visit', 'secondary', 'mean')],
}

/** The whole reading of one experiment from the embedded event store: first exposures, three metrics, the daily line. */
export async function* figures({ quick }) {
  const { units, events } = quick ? sizes.quick : sizes.full
  const directory = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const { openEventStore } = await load('server/src/platform/clickhouse.ts')
  const { migrateEvents } = await load('server/src/ingest/schema.store.ts')
  const { createAnalysisStore } = await load('server/src/analysis/analysis.store.ts')
  const store = await openEventStore({ url: null, directory, database: 'bench', prepare: migrateEvents, log: { warn() {}, info() {} } })
  try {
    for (const [query, rows] of [[exposures, units], [tracked(units), events]]) {
      for (let from = 0; from < rows; from += ROWS_PER_INSERT) await store.client.command({ query: `${query} FROM numbers(${from}, ${Math.min(ROWS_PER_INSERT, rows - from)})` })
    }
    const phase = { projectId: 'p', environmentId: 'e', plan, endedAt: null, now: new Date(start.getTime() + 30 * 86_400_000) }
    const seconds = []
    for (let run = 0; run < 4; run++) {
      const began = performance.now()
      const { metrics } = await createAnalysisStore(store.client).observe(phase)
      if (!metrics.every(({ arms }) => arms.every(({ withEvent }) => withEvent > 0))) throw new Error('nothing was analysed')
      seconds.push((performance.now() - began) / 1000)
    }
    // The first run reads from the disk.
    const warm = seconds.slice(1).sort((a, b) => a - b)
    yield { suite: 'analysis', name: 'one experiment, three metrics', unit: 's', value: Number(warm[1].toPrecision(3)), firstRun: Number(seconds[0].toPrecision(3)), units, events }
  } finally {
    await store.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

const exposures = `INSERT INTO exposure (project, environment, experiment, phase, unitType, unit, variant, at, id, source, attributes, receivedAt)
SELECT ${ids}, 'EXP-1', 1, 'user', concat('user-', toString(number)), if(cityHash64(number) % 2 = 0, 'off', 'on'), ${at(1, 14)}, generateUUIDv4(), 'server', '{"country":"DE"}', now64(6)`

function tracked(units) {
  return `INSERT INTO event (project, environment, name, units, value, at, id, source, receivedAt, properties)
SELECT ${ids}, arrayElement(['order', 'refund', 'visit'], 1 + cityHash64(number, 7) % 3), map('user', concat('user-', toString(cityHash64(number, 2) % ${units}))), (cityHash64(number, 3) % 10000) / 100, ${at(4, 21)}, generateUUIDv4(), 'server', now64(6), '{}'`
}
