import { keptDays } from '../contract/kept-days.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'

/**
 * Raw rows are never updated. Every table and view here gives the same answer however often, and in whatever order, a
 * row is delivered: that is what makes "retry until acknowledged" safe.
 *
 * `receivedAt` rises with every row a server process accepts; `version` falls with it, so that of rows with one sorting
 * key the first received wins. Inserts are fsynced: acknowledged means stored.
 */
const tables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS exposure (
    project LowCardinality(String),
    environment LowCardinality(String),
    experiment LowCardinality(String),
    phase UInt32,
    unitType LowCardinality(String),
    unit String,
    variant LowCardinality(String),
    at DateTime64(3, 'UTC'),
    id UUID,
    source LowCardinality(String),
    attributes String,
    receivedAt DateTime64(6, 'UTC'),
    version UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(receivedAt))
  ) ENGINE = ReplacingMergeTree(version)
  PARTITION BY toYYYYMM(at)
  ORDER BY (project, environment, experiment, phase, unitType, unit, at, id)
  SETTINGS fsync_after_insert = 1`,

  `CREATE TABLE IF NOT EXISTS exposed_unit (
    project LowCardinality(String),
    environment LowCardinality(String),
    experiment LowCardinality(String),
    phase UInt32,
    unitType LowCardinality(String),
    unit String,
    firstAt SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    first AggregateFunction(argMin, Tuple(String, String), Tuple(DateTime64(3, 'UTC'), UUID)),
    variants SimpleAggregateFunction(groupUniqArrayArray, Array(String))
  ) ENGINE = AggregatingMergeTree
  ORDER BY (project, environment, experiment, phase, unitType, unit)
  SETTINGS fsync_after_insert = 1`,

  `CREATE MATERIALIZED VIEW IF NOT EXISTS exposed_unit_view TO exposed_unit AS
  SELECT
    project, environment, experiment, phase, unitType, unit,
    min(at) AS firstAt,
    argMinState((toString(variant), attributes), (at, id)) AS first,
    groupUniqArray(toString(variant)) AS variants
  FROM exposure
  GROUP BY project, environment, experiment, phase, unitType, unit`,

  `CREATE TABLE IF NOT EXISTS event (
    project LowCardinality(String),
    environment LowCardinality(String),
    name LowCardinality(String),
    units Map(LowCardinality(String), String),
    value Nullable(Float64),
    at DateTime64(3, 'UTC'),
    id UUID,
    source LowCardinality(String),
    receivedAt DateTime64(6, 'UTC'),
    properties String,
    version UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(receivedAt))
  ) ENGINE = ReplacingMergeTree(version)
  PARTITION BY toYYYYMM(at)
  ORDER BY (project, environment, name, at, id)
  SETTINGS fsync_after_insert = 1`,

  `CREATE TABLE IF NOT EXISTS link (
    project LowCardinality(String),
    environment LowCardinality(String),
    anonymousId String,
    userId String,
    at DateTime64(3, 'UTC'),
    id UUID,
    source LowCardinality(String),
    receivedAt DateTime64(6, 'UTC'),
    version UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(receivedAt))
  ) ENGINE = ReplacingMergeTree(version)
  ORDER BY (project, environment, anonymousId, userId, at, id)
  SETTINGS fsync_after_insert = 1`,

  `CREATE TABLE IF NOT EXISTS evaluation_count (
    project LowCardinality(String),
    environment LowCardinality(String),
    flag LowCardinality(String),
    variant LowCardinality(String),
    count UInt64,
    at DateTime64(3, 'UTC'),
    id UUID,
    source LowCardinality(String),
    receivedAt DateTime64(6, 'UTC'),
    version UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(receivedAt))
  ) ENGINE = ReplacingMergeTree(version)
  PARTITION BY toYYYYMM(at)
  ORDER BY (project, environment, flag, at, id)
  SETTINGS fsync_after_insert = 1`,

  // The newest context of every unit: a sample of whom targeting meets, not a history.
  `CREATE TABLE IF NOT EXISTS context (
    project LowCardinality(String),
    environment LowCardinality(String),
    unitType LowCardinality(String),
    unit String,
    units Map(LowCardinality(String), String),
    at DateTime64(3, 'UTC'),
    id UUID,
    source LowCardinality(String),
    attributes String,
    receivedAt DateTime64(6, 'UTC')
  ) ENGINE = ReplacingMergeTree(at)
  ORDER BY (project, environment, unitType, unit)
  TTL toDateTime(at) + INTERVAL ${keptDays.contexts} DAY
  SETTINGS fsync_after_insert = 1`,
]

/** Creates the event tables where they do not exist. */
export async function migrateEvents(client: ClickHouseClient): Promise<void> {
  for (const query of tables) await client.command({ query })
}
