import type { ArmResult, MetricResult } from '../contract/analysis.ts'
import {
  answerOrNull, clusteredCdfSd, estimateFromOrderStatistics, mergeJointMoments, proportionSample, quantileRanks, ratioFromMoments, ratioMomentsFrom,
  type JointMoments, type QuantileRanks,
} from '../stats/index.ts'

/** Sums over the people of an arm who have a row: of each variable, of it around its centre, and of products around the centres (upper triangle). */
export interface Sums {
  rows: number
  totals: readonly (number | null)[]
  rests: readonly (number | null)[]
  products: readonly (number | null)[]
}

/**
 * Moments over all `n` people of an arm: those without a row have `absent` in every variable. Numbers that are none stay so.
 */
export function jointMoments({ rows, totals, rests, products }: Sums, n: number, absent: readonly number[]): JointMoments {
  const size = absent.length
  const rest = (i: number) => rests[i] ?? NaN
  let next = 0
  const upper = absent.map((_, i) => absent.map((__, j) => (j < i ? 0 : (products[next++] ?? NaN) - (rows === 0 ? 0 : (rest(i) * rest(j)) / rows))))
  const found: JointMoments = {
    n: rows,
    means: Array.from({ length: size }, (_, i) => (rows === 0 ? 0 : (totals[i] ?? NaN) / rows)),
    cross: absent.map((_, i) => absent.map((__, j) => upper[Math.min(i, j)]?.[Math.max(i, j)] as number)),
  }
  const without: JointMoments = { n: n - rows, means: absent, cross: absent.map(() => absent.map(() => 0)) }
  // People without a row first: a mean is then one division where the others have one value.
  return mergeJointMoments([without, found]) ?? found
}

/** A share: how many of how many. */
export function shareOf(arm: string, n: number, withEvent: number, reached = withEvent): ArmResult {
  const { mean, variance } = proportionSample(reached, n)
  return { arm, n, mean: n === 0 ? null : mean, variance: n < 2 ? null : variance, withEvent }
}

/** The mean of the first variable of moments whose total is known. */
export function meanOf(arm: string, n: number, withEvent: number, joint: JointMoments, total: number | null): ArmResult {
  return { arm, n, ...levelOf(n, joint, total), withEvent }
}

/** The first variable over the second. */
export function ratioOf(arm: string, n: number, withEvent: number, joint: JointMoments, totals: readonly (number | null)[]): ArmResult {
  return { arm, n, ...ratioLevelOf(n, joint, totals), withEvent, total: number(totals[0]), denominatorTotal: number(totals[1]) }
}

export function levelOf(n: number, joint: JointMoments, total: number | null): { mean: number | null; variance: number | null } {
  const variance = (joint.cross[0]?.[0] as number) / (n - 1)
  return { mean: n === 0 ? null : number(total === null ? null : total / n), variance: n < 2 ? null : number(Math.max(0, variance)) }
}

export function ratioLevelOf(n: number, joint: JointMoments, [above, below]: readonly (number | null)[]): { mean: number | null; variance: number | null } {
  const sample = n === 0 ? null : answerOrNull(ratioFromMoments(ratioMomentsFrom(joint)))
  const mean = number(typeof above === 'number' && typeof below === 'number' && below !== 0 ? above / below : null)
  return { mean, variance: sample && mean !== null ? sample.variance : null }
}

/** Steps of a funnel: how many took each, of all and of those who took the one before. */
export function stepsOf(events: readonly string[], arms: readonly { arm: string; n: number; taken: readonly number[] }[]): NonNullable<MetricResult['steps']> {
  return events.map((event, step) => ({
    event,
    arms: arms.map(({ arm, n, taken }) => {
      const units = taken[step] ?? 0
      const before = step === 0 ? n : (taken[step - 1] ?? 0)
      return { arm, units, share: n === 0 ? null : units / n, ofPrevious: before === 0 ? null : units / before }
    }),
  }))
}

/** Where the values of an arm lie around 0: people without a row have 0 too. */
export interface Signs {
  n: number
  below: number
  above: number
}

/** The rank of a value among those other than 0, or that it is 0; null where there is no such rank. */
export function rankBesideZeros(rank: number, { n, below, above }: Signs): number | 'zero' | null {
  // Of nobody there is no rank, nor a number for its limits.
  if (!(rank >= 1 && rank <= n)) return null
  if (rank <= below) return rank
  return rank <= n - above ? 'zero' : rank - (n - below - above)
}

export function unitRanks(n: number, q: number): QuantileRanks {
  return quantileRanks(n, q)
}

/** Ranks among the events of an arm, wider where a person's events are alike. `n` people, `values` events. Null where the spread is not known. */
export function eventRanks(n: number, values: number, q: number, clusters: Sums): QuantileRanks | null {
  const sd = answerOrNull(clusteredCdfSd(ratioMomentsFrom(jointMoments(clusters, n, [0, 0]))))
  return sd === null ? null : quantileRanks(values, q, 0.05, sd)
}

/** A quantile: without a variance where the limits of its interval do not exist or are one value. */
export function quantileOf(arm: string, n: number, withEvent: number, values: number, ranks: QuantileRanks | null, found: { point: number | null; lower: number | null; upper: number | null }): ArmResult {
  const estimate = ranks === null ? null : answerOrNull(estimateFromOrderStatistics({ n, values, ...found, ranks }))
  return { arm, n, mean: n === 0 || values === 0 ? null : number(found.point), variance: estimate ? number(estimate.v * n) : null, withEvent }
}

export function number(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null
}
