import type { CovariateMoments } from './cuped.ts'
import type { RatioPairMoments } from './cuped-ratio.ts'
import { momentsOf } from './moments.ts'
import type { RatioMoments } from './ratio.ts'

/** Count, means and centred cross-moments sum((x_i - mean_i)(x_j - mean_j)) of several values per unit: what ratios and CUPED need of an arm. */
export interface JointMoments {
  n: number
  means: readonly number[]
  cross: readonly (readonly number[])[]
}

/** From unit values, one list per variable; two passes, as `momentsOf`. */
export function jointMomentsOf(columns: readonly ArrayLike<number>[]): JointMoments {
  const n = columns[0]?.length ?? 0
  const means = columns.map((column) => (n === 0 ? 0 : momentsOf(column).mean))
  const rests = columns.map((column, i) => sumOver(n, (k) => (column[k] as number) - (means[i] as number)))
  const cross = columns.map((x, i) => columns.map((y, j) => {
    const product = sumOver(n, (k) => ((x[k] as number) - (means[i] as number)) * ((y[k] as number) - (means[j] as number)))
    return n === 0 ? 0 : product - ((rests[i] as number) * (rests[j] as number)) / n
  }))
  return { n, means, cross }
}

/** Moments of the union of disjoint parts: cross-moments add up, and dx dy nA nB / n for the distance of the means (Chan, Golub & LeVeque 1979). */
export function mergeJointMoments(parts: readonly JointMoments[]): JointMoments | null {
  return parts.filter(({ n }) => n > 0).reduce<JointMoments | null>((whole, part) => (whole === null ? part : mergeTwo(whole, part)), null) ?? parts[0] ?? null
}

function mergeTwo(a: JointMoments, b: JointMoments): JointMoments {
  const n = a.n + b.n
  const distance = a.means.map((mean, i) => (b.means[i] as number) - mean)
  const weight = (a.n * b.n) / n
  return {
    n,
    means: a.means.map((mean, i) => mean + ((distance[i] as number) * b.n) / n),
    cross: a.cross.map((row, i) => row.map((value, j) => value + (b.cross[i]?.[j] as number) + (distance[i] as number) * (distance[j] as number) * weight)),
  }
}

/** The first variable over the second. Fewer than two units have no variance: NaN, which every reader answers with its reason. */
export function ratioMomentsFrom({ n, means, cross }: JointMoments): RatioMoments {
  const at = (i: number, j: number) => (cross[i]?.[j] as number) / (n - 1)
  return { n, meanNum: means[0] as number, meanDen: means[1] as number, varianceNum: at(0, 0), varianceDen: at(1, 1), covariance: at(0, 1) }
}

/** The first variable as the outcome, the others as covariates. */
export function covariateMomentsFrom({ n, means, cross }: JointMoments): CovariateMoments {
  const rest = means.map((_, i) => i).slice(1)
  const at = (i: number, j: number) => (cross[i]?.[j] as number) / (n - 1)
  return { n, meanY: means[0] as number, meanX: means.slice(1), varianceY: at(0, 0), covarianceXY: rest.map((i) => at(0, i)), covarianceX: rest.map((i) => rest.map((j) => at(i, j))) }
}

/** Four variables: numerator and denominator, after and before. */
export function ratioPairMomentsFrom({ n, means, cross }: JointMoments): RatioPairMoments {
  return { n, means, covariance: cross.map((row) => row.map((value) => value / (n - 1))) }
}

function sumOver(n: number, f: (k: number) => number): number {
  let sum = 0
  for (let k = 0; k < n; k++) sum += f(k)
  return sum
}
