// `node generate.mjs DIRECTORY UNITS FROM TO`: exposes everybody, where there are no events yet, and writes the events from FROM to TO.
import { open } from './open.mjs'

const [directory, units, from, to] = [process.argv[2], ...process.argv.slice(3).map(Number)]
const ROWS_PER_INSERT = 2_000_000
const ids = "'p' AS project, 'e' AS environment"
const at = (seed, days) => `toDateTime64('2026-01-08 00:00:00', 3, 'UTC') + INTERVAL (cityHash64(number, ${seed}) % (${days} * 86400000)) MILLISECOND`

const exposures = `INSERT INTO exposure (project, environment, experiment, phase, unitType, unit, variant, at, id, source, attributes, receivedAt)
SELECT ${ids}, 'EXP-1', 1, 'user', concat('user-', toString(number)), ['off', 'on'][1 + cityHash64(number) % 2], ${at(1, 14)} AS at, generateUUIDv4(), 'server', '{"country":"DE"}', now64(6)`
// Eight kinds of events over five weeks, one of them before anybody is exposed.
const events = `INSERT INTO event (project, environment, name, units, value, at, id, source, receivedAt, properties)
SELECT ${ids}, concat('event-', toString(cityHash64(number, 7) % 8)), map('user', concat('user-', toString(cityHash64(number, 2) % ${units}))), (cityHash64(number, 3) % 10000) / 100, ${at(4, 28)} - INTERVAL 7 DAY AS at,
  generateUUIDv4(), 'server', now64(6), concat('{"amount":', toString(cityHash64(number, 5) % 1000), ',"country":"', ['DE', 'FR', 'US'][1 + cityHash64(number, 6) % 3], '"}')`

const store = await open(directory)
if (from === 0) await insert(exposures, 0, units)
await insert(events, from, to)
await store.close()

async function insert(query, begin, end) {
  for (let next = begin; next < end; next += ROWS_PER_INSERT) await store.client.command({ query: `${query} FROM numbers(${next}, ${Math.min(ROWS_PER_INSERT, end - next)})` })
}
