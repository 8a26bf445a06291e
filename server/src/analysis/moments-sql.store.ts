import type { UnitMetric, UnitSource } from './unit-metrics.ts'
import { cappedColumns, isOfEvents, isOfUnits, type Variables } from './unit-variables.store.ts'
import { column, hasBit } from './unit-values-sql.store.ts'

/** A metric with the index of its first wait that need not be over: whoever has more waits behind them counts. */
export interface Counted {
  of: UnitMetric
  wait: number
}

const counts = ({ wait }: Counted) => `over > ${wait}`

/** Rows of people, of each arm and metric: all, those with an event, and what ranks are taken of. */
export function countsSql(table: string, metrics: readonly Counted[]): string {
  const columns = metrics.flatMap((counted, i) => {
    const { of } = counted
    const [first] = of.sources as [UnitSource]
    const has = of.metric.type === 'ratio' ? of.sources.map((source) => hasBit('had', source)).join(' OR ') : hasBit('had', first)
    return [
      `toUInt64(countIf(${counts(counted)})) AS rows${i}`,
      `toUInt64(countIf(${counts(counted)} AND (${has}))) AS found${i}`,
      ...(of.metric.type === 'funnel' ? [`[${of.sources.map((_, step) => `toUInt64(countIf(${counts(counted)} AND ${column.steps(first)} > ${step}))`).join(', ')}] AS steps${i}`] : []),
      ...(isOfUnits(of) ? [`toUInt64(countIf(${counts(counted)} AND ${column.total(first)} < 0)) AS below${i}`, `toUInt64(countIf(${counts(counted)} AND ${column.total(first)} > 0)) AS above${i}`] : []),
      ...(isOfEvents(of) ? [`toUInt64(sumIf(length(${column.values(first)}), ${counts(counted)})) AS values${i}`] : []),
      ...cappedColumns(of).map((name) => `toUInt64(countIf(${counts(counted)} AND ${name} != 0)) AS nonzero_${name}`),
    ]
  })
  return `SELECT arm, ${columns.join(', ')} FROM ${table} GROUP BY arm`
}

/** An order statistic to look up: \`rank\` counts from 1 among \`size\` values other than 0, of all arms or of one. */
export interface Wanted {
  /** Its name in the answer. */
  as: string
  column: string
  /** Whether the column lists values of events, which count with their zeros. */
  listed: boolean
  arm: number | null
  counted: Counted
  rank: number
  size: number
}

/** The level is half a rank below, where no rounding reaches another rank. */
export function orderStatisticsSql(table: string, wanted: readonly Wanted[]): string {
  const columns = wanted.map(({ as, column: name, listed, arm, counted, rank, size }) => {
    const rows = `${counts(counted)}${arm === null ? '' : ` AND arm = ${arm}`}`
    const level = (rank - 0.5) / size
    return `${listed ? `quantileExactArrayIf(${level})(${name}, ${rows})` : `quantileExactIf(${level})(${name}, ${rows} AND ${name} != 0)`} AS ${as}`
  })
  return `SELECT ${columns.join(', ')} FROM ${table}`
}

/** Means by arm, to take moments around. */
export function centresSql(table: string, metrics: readonly (Counted & { variables: Variables })[]): string {
  return `SELECT arm, ${metrics.map((metric, i) => `[${all(metric.variables).map(({ sql, isBit }) => (isBit ? 'toFloat64(0)' : `avgIf(${sql}, ${counts(metric)})`)).join(', ')}] AS centres${i}`).join(', ')} FROM ${table} GROUP BY arm`
}

export interface Centres {
  arm: number
  /** Per metric and variable. */
  of: number[][]
}

/**
 * Sums of every variable, and of it and its products around the centres. Those are the means to many digits, so nothing is lost where a mean is large
 * against its deviations. Products: of values after and before with each other, of uncapped values among themselves, upper triangles.
 */
export function momentsSql(table: string, metrics: readonly (Counted & { variables: Variables })[], centres: readonly Centres[]): string {
  const arms = `[${centres.map(({ arm }) => `toUInt16(${arm})`).join(', ')}]`
  const columns = metrics.flatMap((metric, i) => {
    const { after, before, uncapped, isCapped } = metric.variables
    const rows = counts(metric)
    const variables = all(metric.variables)
    if (variables.length === 0) return []
    const centred = variables.map(({ sql, isBit }, k) => (isBit ? sql : `(${sql} - [${centres.map(({ of }) => `toFloat64(${finite(of[i]?.[k])})`).join(', ')}][place])`))
    const joint = after.length + before.length
    return [
      `[${variables.map(({ sql }) => `sumIf(${sql}, ${rows})`).join(', ')}] AS totals${i}`,
      `[${centred.map((sql) => `sumIf(${sql}, ${rows})`).join(', ')}] AS rests${i}`,
      `[${triangle(centred.slice(0, joint)).map((sql) => `sumIf(${sql}, ${rows})`).join(', ')}] AS products${i}`,
      ...(uncapped.length > 0 ? [`[${triangle(centred.slice(joint)).map((sql) => `sumIf(${sql}, ${rows})`).join(', ')}] AS rawProducts${i}`] : []),
      ...(isCapped === null ? [] : [`toUInt64(countIf(${rows} AND (${isCapped}))) AS capped${i}`]),
    ]
  })
  return `SELECT arm, ${columns.join(', ')} FROM (SELECT *, indexOf(${arms}, arm) AS place FROM ${table}) GROUP BY arm`
}

/** Of each person's events, how many there are and how many lie at or below a value of their arm. */
export function clustersSql(table: string, clusters: readonly (Counted & { as: string; arm: number; point: number })[]): string {
  const columns = clusters.flatMap(({ as, arm, point, ...counted }) => {
    const values = column.values(counted.of.sources[0] as UnitSource)
    const rows = `${counts(counted)} AND arm = ${arm}`
    const below = `toFloat64(arrayCount(x -> x <= ${point}, ${values}))`
    const all = `toFloat64(length(${values}))`
    return [`toUInt64(countIf(${rows})) AS ${as}_rows`, `[sumIf(${below}, ${rows}), sumIf(${all}, ${rows})] AS ${as}_totals`, `[${triangle([below, all]).map((sql) => `sumIf(${sql}, ${rows})`).join(', ')}] AS ${as}_products`]
  })
  return `SELECT ${columns.join(', ')} FROM ${table}`
}

function all({ after, before, uncapped }: Variables) {
  return [...after, ...before, ...uncapped]
}

function triangle(variables: readonly string[]): string[] {
  return variables.flatMap((x, i) => variables.slice(i).map((y) => `${x} * ${y}`))
}

/** A mean that is no number has no moments either; they come out as such around any centre. */
function finite(value: number | null | undefined): number {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : 0
}
