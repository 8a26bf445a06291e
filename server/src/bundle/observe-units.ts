import { eventRanks, levelOf, meanOf, number, quantileOf, ratioLevelOf, ratioOf, shareOf, stepsOf, unitRanks, type Sums } from '../analysis/arm-estimates.ts'
import type { MetricObservation, Observations } from '../analysis/observations.ts'
import { isShareType } from '../analysis/share-types.ts'
import { type UnitMetric, unitMetricGroups } from '../analysis/unit-metrics.ts'
import type { ArmResult } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { rankOf } from '../stats/index.ts'
import type { BundleFacts } from './bundle-documents.ts'
import { NumberList } from './number-list.ts'
import { observeDays } from './observe-days.ts'
import { observePeople } from './observe-people.ts'
import { cappedParts, type PartCaps, type PartOf, personValues, sizesOf } from './person-values.ts'
import { RunningJoint } from './running-joint.ts'
import { type EventValueRow, isOfEvents, unitColumns, type UnitPart, type UnitRow, type UnitTables } from './unit-row.ts'

/**
 * What the analysis needs, from the rows of a bundle instead of the event store. Whoever goes over the same rows in the same order gets the
 * same digits: so a bundle can be checked to the last one. Caps and ranks are of all people together, so the rows are read twice; what is ranked is held in memory.
 */
export async function observeUnits(plan: Plan, tables: UnitTables, facts: BundleFacts, cutoff: Date): Promise<Observations> {
  if (facts.firstExposureAt === null) return { firstExposureAt: null, lastExposureAt: null, crossedUnits: 0, exposed: [], entered: [], metrics: [], daily: [] }
  const metrics = unitMetricGroups(plan).flat()
  const columns = unitColumns(plan)
  const places = metrics.map((_, metric) => new Map(columns.flatMap((column, place) => (column.metric === metric ? [[column.part, place] as const] : []))))
  const partOf = ({ numbers }: UnitRow, metric: number): PartOf => (part) => numbers[places[metric]?.get(part) ?? -1] ?? Infinity
  const counts = ({ numbers }: UnitRow, metric: number) => numbers[places[metric]?.get('counts') ?? -1] === 1
  const arms = plan.arms.map(({ variant }) => variant)

  const ranked = metrics.map((of) => ({ of, capped: new Map<UnitPart, NumberList>(cappedParts(of).map((part) => [part, new NumberList()])), values: arms.map(() => new NumberList()) }))
  for await (const row of tables.units()) {
    const arm = arms.indexOf(row.arm)
    if (arm < 0) continue
    ranked.forEach(({ of, capped, values }, metric) => {
      if (!counts(row, metric)) return
      const part = partOf(row, metric)
      for (const [name, list] of capped) if (part(name) !== 0) list.add(part(name))
      if (of.metric.type === 'quantile' && !isOfEvents(of)) values[arm]?.add(part('value'))
    })
  }
  const caps = ranked.map(({ of, capped }) => capsOf(of, capped))
  const clusters = await readClusters(metrics, ranked.map(({ values }) => values), arms, tables)

  const found = metrics.map((of, metric) => arms.map(() => new ArmValues(of, caps[metric] ?? new Map())))
  const people = observePeople(plan, cutoff)
  for await (const row of tables.units()) {
    people.add(row)
    const arm = arms.indexOf(row.arm)
    if (arm >= 0) found.forEach((of, metric) => { if (counts(row, metric)) of[arm]?.add(partOf(row, metric)) })
  }
  const { ages, ...counted } = people.found()
  return {
    ...counted,
    firstExposureAt: new Date(facts.firstExposureAt),
    lastExposureAt: facts.lastExposureAt === null ? null : new Date(facts.lastExposureAt),
    ...(facts.bots ? { bots: facts.bots } : {}),
    metrics: metrics.map((of, metric) => observationOf(of, arms, found[metric] ?? [], ranked[metric]?.values ?? [], clusters.get(of.metric.key) ?? [])),
    ...(await observeDays(plan, tables, caps[metrics.findIndex(({ metric }) => metric.role === 'primary')]?.get('value'), ages)),
  }
}

/** The plan's cap, or a percentile of all arms' values other than 0. */
function capsOf({ metric: { cap } }: UnitMetric, capped: ReadonlyMap<UnitPart, NumberList>): PartCaps {
  return new Map([...capped].flatMap(([part, list]) => {
    if (cap && 'value' in cap) return [[part, cap.value]]
    const value = cap && list.size > 0 ? list.sorted()[rankOf(list.size, cap.percentile) - 1] : undefined
    return value !== undefined && Number.isFinite(value) ? [[part, value]] : []
  }))
}

/** One arm of one metric, person by person. */
class ArmValues {
  n = 0
  withEvent = 0
  capped = 0
  readonly taken: number[]
  readonly isCapped: boolean
  readonly joint: RunningJoint
  readonly uncapped: RunningJoint
  readonly #of: UnitMetric
  readonly #caps: PartCaps

  constructor(of: UnitMetric, caps: PartCaps) {
    this.#of = of
    this.#caps = caps
    const sizes = sizesOf(of, caps)
    this.joint = new RunningJoint(sizes.after + sizes.before)
    this.uncapped = new RunningJoint(sizes.uncapped)
    this.isCapped = sizes.uncapped > 0
    this.taken = of.sources.map(() => 0)
  }

  add(part: PartOf): void {
    const { type } = this.#of.metric
    this.n++
    if (part(type === 'funnel' ? 'steps' : isShareType(type) ? 'value' : 'hasEvent') > 0) this.withEvent++
    if (type === 'funnel') this.taken.forEach((_, step) => { if (part('steps') > step) this.taken[step] = (this.taken[step] ?? 0) + 1 })
    const { after, before, uncapped, isCapped } = personValues(this.#of, part, this.#caps)
    this.joint.add([...after, ...before])
    this.uncapped.add(uncapped)
    if (isCapped) this.capped++
  }
}

function observationOf(of: UnitMetric, arms: readonly string[], found: readonly ArmValues[], values: readonly NumberList[], clusters: readonly Sums[]): MetricObservation {
  const { metric, sources } = of
  const named = arms.map((arm, i) => ({ arm, values: found[i] ?? new ArmValues(of, new Map()) }))
  return {
    metric: metric.key,
    arms: named.map(({ arm, values: own }, i) => (metric.quantile ? quantile(of, metric.quantile.q, arm, own, values[i] ?? new NumberList(), clusters[i]) : armOf(of, arm, own))),
    ...(of.adjusted ? { covariates: named.flatMap(({ arm, values: { n, joint } }) => { const moments = joint.moments(); return n > 0 && [...moments.means, ...moments.cross.flat()].every(Number.isFinite) ? [{ arm, joint: moments }] : [] }) } : {}),
    ...(metric.type === 'funnel' ? { steps: stepsOf(sources.map(({ event }) => event), named.map(({ arm, values: { n, taken } }) => ({ arm, n, taken }))) } : {}),
  }
}

function armOf({ metric: { type } }: UnitMetric, arm: string, { n, withEvent, taken, joint, uncapped, isCapped, capped }: ArmValues): ArmResult {
  if (isShareType(type)) return shareOf(arm, n, withEvent, type === 'funnel' ? (taken.at(-1) ?? 0) : withEvent)
  const raw = isCapped ? uncapped.moments() : null
  const cap = raw === null ? {} : { capped, uncapped: type === 'ratio' ? ratioLevelOf(n, raw, uncapped.totals) : levelOf(n, raw, number(uncapped.totals[0])) }
  if (type === 'ratio') return { ...ratioOf(arm, n, withEvent, joint.moments(), joint.totals), ...cap }
  return { ...meanOf(arm, n, withEvent, joint.moments(), number(joint.totals[0])), ...cap, ...(type === 'sum' ? { total: number(joint.totals[0]) } : {}) }
}

function quantile(of: UnitMetric, q: number, arm: string, { n, withEvent }: ArmValues, values: NumberList, clusters: Sums | undefined): ArmResult {
  const sorted = values.sorted()
  const at = (rank: number) => number(sorted[rank - 1])
  const size = isOfEvents(of) ? sorted.length : n
  const ranks = !isOfEvents(of) ? unitRanks(n, q) : clusters ? eventRanks(n, size, q, clusters) : null
  const point = at(isOfEvents(of) ? rankOf(size, q) : unitRanks(n, q).rank)
  return quantileOf(arm, n, withEvent, size, ranks, { point, lower: ranks && at(ranks.rankLower), upper: ranks && at(ranks.rankUpper) })
}

/** Of the metrics that rank events: fills `values`, and gives by metric and arm how many of each person's events lie at or below the quantile, and how many there are. */
async function readClusters(metrics: readonly UnitMetric[], values: readonly (readonly NumberList[])[], arms: readonly string[], tables: UnitTables): Promise<Map<string, Sums[]>> {
  const asked = metrics.flatMap((of, i) => (isOfEvents(of) ? [{ key: of.metric.key, q: of.metric.quantile?.q ?? 0.5, values: values[i] ?? [] }] : []))
  if (asked.length === 0) return new Map()
  const byKey = new Map(asked.map((one) => [one.key, one]))
  for await (const { arm, metric, value } of tables.eventValues()) byKey.get(metric)?.values[arms.indexOf(arm)]?.add(value ?? Infinity)
  const points = new Map(asked.map((one) => [one.key, one.values.map((list) => list.sorted()[rankOf(list.size, one.q) - 1])]))
  const sums = new Map(asked.map(({ key }) => [key, arms.map(() => ({ rows: 0, totals: [0, 0], products: [0, 0, 0] }))]))
  for await (const { arm, metric, values: own } of byPerson(tables.eventValues())) {
    const of = sums.get(metric)?.[arms.indexOf(arm)]
    const point = points.get(metric)?.[arms.indexOf(arm)] ?? -Infinity
    if (!of) continue
    const pair = [own.filter((value) => value <= point).length, own.length] as const
    of.rows++
    of.totals = of.totals.map((total, i) => total + (pair[i] ?? 0))
    of.products = [pair[0] * pair[0], pair[0] * pair[1], pair[1] * pair[1]].map((product, i) => (of.products[i] ?? 0) + product)
  }
  return new Map([...sums].map(([key, of]) => [key, of.map((one): Sums => ({ ...one, rests: one.totals }))]))
}

/** The events of one person and metric follow each other. */
async function* byPerson(rows: AsyncIterable<EventValueRow>): AsyncGenerator<Pick<EventValueRow, 'arm' | 'metric'> & { unit: string; values: number[] }> {
  let person: { unit: string; arm: string; metric: string; values: number[] } | undefined
  for await (const { value, ...of } of rows) {
    if (person?.unit === of.unit && person.metric === of.metric) person.values.push(value ?? Infinity)
    else {
      if (person) yield person
      person = { ...of, values: [value ?? Infinity] }
    }
  }
  if (person) yield person
}
