import type { ArmResult } from '../contract/analysis.ts'
import { rankOf } from '../stats/index.ts'
import type { ArmCovariates } from './adjust-pair.ts'
import { eventRanks, jointMoments, levelOf, meanOf, number, quantileOf, rankBesideZeros, ratioLevelOf, ratioOf, shareOf, stepsOf, unitRanks, type Signs, type Sums } from './arm-estimates.ts'
import { centresSql, clustersSql, countsSql, type Counted, momentsSql, orderStatisticsSql, type Wanted } from './moments-sql.store.ts'
import type { MetricObservation } from './observations.ts'
import type { PhaseTables } from './phase-tables.store.ts'
import { isShareType } from './share-types.ts'
import type { UnitMetric, UnitSource } from './unit-metrics.ts'
import { cappedColumns, type Caps, isOfEvents, type Variables, variablesOf } from './unit-variables.store.ts'
import { column } from './unit-values-sql.store.ts'

/** Numbers by name, as the event store gives them: 64-bit ones perhaps as text, what is not finite as null or as a word. */
type Row = Record<string, unknown>

export interface Arm {
  variant: string
  /** People per metric of the group, with those who have no event. */
  n: number[]
}

/** The second pass over a table of values per person: caps, then moments around the means, and the order statistics of quantiles. */
export async function observeMetrics(tables: PhaseTables, table: string, metrics: readonly Counted[], arms: readonly Arm[], params: Record<string, unknown>): Promise<{ observed: MetricObservation[]; caps: Caps }> {
  const ask = async (query: string) => tables.rows<Row>(query, params)
  const byArm = (rows: readonly Row[]) => arms.map((_, i) => rows.find((row) => Number(row['arm']) === i + 1) ?? {})
  const counts = byArm(await ask(countsSql(table, metrics)))
  const caps = await findCaps(metrics, counts, async (wanted) => (await ask(orderStatisticsSql(table, wanted)))[0] ?? {})
  const measured = metrics.map((counted) => ({ ...counted, variables: variablesOf(counted.of, caps) }))
  const averaged = measured.filter(({ variables }) => variables.after.length > 0)
  const centres = averaged.length === 0 ? [] : byArm(await ask(centresSql(table, averaged)))
  const moments = averaged.length === 0 ? [] : byArm(await ask(momentsSql(table, averaged, centres.map((row, i) => ({ arm: i + 1, of: averaged.map((_, m) => numbers(row[`centres${m}`]).map((value) => value ?? NaN)) })))))

  const quantiles = await findQuantiles(tables, table, metrics, counts, arms, params)
  const observed = measured.map((metric, i): MetricObservation => {
    const place = averaged.indexOf(metric)
    const sums = moments.map((row, a) => ({ ...sumsOf(row, place), rows: Number(counts[a]?.[`rows${i}`] ?? 0) }))
    return {
      metric: metric.of.metric.key,
      arms: arms.map((arm, a) => quantiles.get(i)?.[a] ?? armOf(metric, arm.variant, arm.n[i] ?? 0, counts[a] ?? {}, i, sums[a] ?? NOTHING)),
      ...(metric.variables.before.length > 0 ? { covariates: arms.flatMap((arm, a) => covariatesOf(metric, arm.variant, arm.n[i] ?? 0, sums[a] ?? NOTHING)) } : {}),
      ...(metric.of.metric.type === 'funnel'
        ? { steps: stepsOf(metric.of.sources.map(({ event }) => event), arms.map((arm, a) => ({ arm: arm.variant, n: arm.n[i] ?? 0, taken: numbers(counts[a]?.[`steps${i}`]).map((taken) => taken ?? 0) }))) }
        : {}),
    }
  })
  return { observed, caps }
}

interface MetricSums extends Sums {
  rawProducts: (number | null)[]
  capped: number
}
const NOTHING: MetricSums = { rows: 0, totals: [], rests: [], products: [], rawProducts: [], capped: 0 }

type Measured = Counted & { variables: Variables }

/** Of every capped column the value beyond which it is capped: the plan's, or a percentile of all arms' values other than 0. */
async function findCaps(metrics: readonly Counted[], counts: readonly Row[], lookUp: (wanted: readonly Wanted[]) => Promise<Row>): Promise<Caps> {
  const caps = new Map<string, number>()
  const wanted: Wanted[] = []
  for (const counted of metrics) {
    const { cap } = counted.of.metric
    for (const name of cappedColumns(counted.of)) {
      if (cap && 'value' in cap) caps.set(name, cap.value)
      const size = counts.reduce((sum, row) => sum + Number(row[`nonzero_${name}`] ?? 0), 0)
      if (cap && 'percentile' in cap && size > 0) wanted.push({ as: `cap_${name}`, column: name, listed: false, arm: null, counted, rank: rankOf(size, cap.percentile), size })
    }
  }
  if (wanted.length === 0) return caps
  const found = await lookUp(wanted)
  for (const { as, column: name } of wanted) {
    const cap = numbers([found[as]])[0]
    if (cap !== null && cap !== undefined) caps.set(name, cap)
  }
  return caps
}

function sumsOf(row: Row, place: number): MetricSums {
  const of = (name: string) => numbers(row[`${name}${place}`])
  return { rows: 0, totals: of('totals'), rests: of('rests'), products: of('products'), rawProducts: of('rawProducts'), capped: Number(row[`capped${place}`] ?? 0) }
}

function armOf({ of, variables }: Measured, arm: string, n: number, row: Row, index: number, sums: MetricSums): ArmResult {
  const { type } = of.metric
  const withEvent = Number(row[`found${index}`] ?? 0)
  if (isShareType(type)) return shareOf(arm, n, withEvent, type === 'funnel' ? (numbers(row[`steps${index}`]).at(-1) ?? 0) : withEvent)
  const rows = sums
  const values = variables.after.length
  const totals = totalsOf(rows, 0, values)
  const joint = jointMoments(rows, n, absentOf(variables))
  const capped = variables.isCapped === null ? {} : { capped: rows.capped, uncapped: uncappedOf(of, variables, n, rows) }
  if (type === 'ratio') return { ...ratioOf(arm, n, withEvent, joint, totals), ...capped }
  return { ...meanOf(arm, n, withEvent, joint, totals[0] ?? null), ...capped, ...(type === 'sum' ? { total: number(totals[0]) } : {}) }
}

function uncappedOf(of: UnitMetric, { after, before, uncapped }: Variables, n: number, sums: MetricSums): NonNullable<ArmResult['uncapped']> {
  const from = after.length + before.length
  const raw: Sums = { rows: sums.rows, totals: sums.totals.slice(from), rests: sums.rests.slice(from), products: sums.rawProducts }
  const joint = jointMoments(raw, n, uncapped.map(() => 0))
  const totals = totalsOf(sums, from, uncapped.length)
  return of.metric.type === 'ratio' ? ratioLevelOf(n, joint, totals) : levelOf(n, joint, totals[0] ?? null)
}

/** Without a row nobody has an event: zeros that are known. */
function totalsOf({ rows, totals }: Sums, from: number, size: number): (number | null)[] {
  return Array.from({ length: size }, (_, i) => (rows === 0 ? 0 : (totals[from + i] ?? null)))
}

/** Values of people who never had an event: nothing after and nothing before, and the last variable says so, where it is one of its own. */
function absentOf({ after, before }: Variables): number[] {
  return [...after.map(() => 0), ...before.map(({ isBit }, i) => (isBit && i === before.length - 1 ? 1 : 0))]
}

function covariatesOf({ variables }: Measured, arm: string, n: number, sums: MetricSums): ArmCovariates[] {
  if (n === 0) return []
  const joint = jointMoments(sums, n, absentOf(variables))
  return [...joint.means, ...joint.cross.flat()].every(Number.isFinite) ? [{ arm, joint }] : []
}

/** Results of quantiles by index of the metric and arm. */
async function findQuantiles(tables: PhaseTables, table: string, metrics: readonly Counted[], counts: readonly Row[], arms: readonly Arm[], params: Record<string, unknown>): Promise<Map<number, ArmResult[]>> {
  const asked = metrics.flatMap((counted, index) => (counted.of.metric.quantile ? arms.map((arm, a) => askedOf(counted, index, a, arm.n[index] ?? 0, counts[a] ?? {})) : []))
  if (asked.length === 0) return new Map()
  const first = await lookUp(tables, table, params, asked.flatMap((one) => wantedOf(one, 'point', one.ofEvents ? rankOf(one.values, one.q) : unitRanks(one.n, one.q).rank)))
  const points = asked.map((one) => valueOf(one, 'point', one.ofEvents ? rankOf(one.values, one.q) : unitRanks(one.n, one.q).rank, first))
  const clustered = asked.flatMap((one, i) => (one.ofEvents && typeof points[i] === 'number' ? [{ ...one.counted, as: one.as, arm: one.arm + 1, point: points[i] }] : []))
  const clusters = clustered.length === 0 ? {} : ((await tables.rows<Row>(clustersSql(table, clustered), params))[0] ?? {})
  const ranked = asked.map((one) => ({ ...one, ranks: !one.ofEvents ? unitRanks(one.n, one.q) : eventRanks(one.n, one.values, one.q, clusterSums(clusters, one.as)) }))
  const limits = await lookUp(tables, table, params, ranked.flatMap((one) => (one.ranks ? [...wantedOf(one, 'lower', one.ranks.rankLower), ...wantedOf(one, 'upper', one.ranks.rankUpper)] : [])))
  const results = new Map<number, ArmResult[]>()
  for (const [i, one] of ranked.entries()) {
    const limit = (name: 'lower' | 'upper') => (one.ranks ? valueOf(one, name, name === 'lower' ? one.ranks.rankLower : one.ranks.rankUpper, limits) : null)
    const result = quantileOf(arms[one.arm]?.variant ?? '', one.n, one.withEvent, one.values, one.ranks, { point: points[i] ?? null, lower: limit('lower'), upper: limit('upper') })
    results.set(one.index, [...(results.get(one.index) ?? []), result])
  }
  return results
}

interface Asked {
  as: string
  counted: Counted
  index: number
  arm: number
  n: number
  q: number
  ofEvents: boolean
  /** Values that are ranked: events, or people. */
  values: number
  withEvent: number
  signs: Signs
}

function askedOf(counted: Counted, index: number, arm: number, n: number, row: Row): Asked {
  const count = (name: string) => Number(row[`${name}${index}`] ?? 0)
  const ofEvents = isOfEvents(counted.of)
  return { as: `q${index}_${arm}`, counted, index, arm, n, q: counted.of.metric.quantile?.q ?? 0.5, ofEvents, values: ofEvents ? count('values') : n, withEvent: count('found'), signs: { n, below: count('below'), above: count('above') } }
}

/** What must be looked up for a rank: nothing where the value is 0 or there is none. */
function wantedOf(one: Asked, name: string, rank: number): Wanted[] {
  const [source] = one.counted.of.sources as [UnitSource]
  const at = one.ofEvents ? rank : rankBesideZeros(rank, one.signs)
  const size = one.ofEvents ? one.values : one.signs.below + one.signs.above
  if (typeof at !== 'number' || at < 1 || at > size) return []
  return [{ as: `${one.as}_${name}`, column: one.ofEvents ? column.values(source) : column.total(source), listed: one.ofEvents, arm: one.arm + 1, counted: one.counted, rank: at, size }]
}

function valueOf(one: Asked, name: string, rank: number, found: Row): number | null {
  if (!one.ofEvents && rankBesideZeros(rank, one.signs) === 'zero') return 0
  return numbers([found[`${one.as}_${name}`]])[0] ?? null
}

async function lookUp(tables: PhaseTables, table: string, params: Record<string, unknown>, wanted: readonly Wanted[]): Promise<Row> {
  return wanted.length === 0 ? {} : ((await tables.rows<Row>(orderStatisticsSql(table, wanted), params))[0] ?? {})
}

function clusterSums(row: Row, as: string): Sums {
  const totals = numbers(row[`${as}_totals`])
  return { rows: Number(row[`${as}_rows`] ?? 0), totals, rests: totals, products: numbers(row[`${as}_products`]) }
}

function numbers(values: unknown): (number | null)[] {
  return Array.isArray(values) ? values.map((value) => (value === null || value === undefined ? null : number(Number(value)))) : []
}
