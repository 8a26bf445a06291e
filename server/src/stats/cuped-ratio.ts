import { finite, noAnswer, type Answer } from './answer.ts'
import { momentsOf, sampleCovariance } from './moments.ts'

/** Unit values of one arm: numerator and denominator after the first exposure, and before it. */
export interface RatioArm {
  num: readonly number[]
  den: readonly number[]
  numPre: readonly number[]
  denPre: readonly number[]
}

/** The same arm reduced to means and the sample covariance matrix of (num, den, numPre, denPre), in this order. */
export interface RatioPairMoments {
  n: number
  means: readonly number[]
  covariance: readonly (readonly number[])[]
}

export interface CupedRatioResult {
  theta: number
  ratioA: number
  ratioB: number
  /** Per arm, both moved towards the pooled pre-period ratio, with the variances of the adjusted estimates. */
  adjMeanA: number
  adjMeanB: number
  varA: number
  varB: number
  diffAdj: number
  se: number
  varianceReduction: number
}

/** CUPED for a ratio metric, from unit values. */
export function cupedRatio(a: RatioArm, b: RatioArm): Answer<CupedRatioResult> {
  if ([a, b].some(({ num, den, numPre, denPre }) => [den, numPre, denPre].some((list) => list.length !== num.length))) return noAnswer('invalid_input')
  return cupedRatioFromMoments(ratioPairMoments(a), ratioPairMoments(b))
}

export function ratioPairMoments({ num, den, numPre, denPre }: RatioArm): RatioPairMoments {
  const columns = [num, den, numPre, denPre]
  return { n: num.length, means: columns.map((column) => momentsOf(column).mean), covariance: columns.map((x) => columns.map((y) => sampleCovariance(x, y))) }
}

/**
 * CUPED for a ratio metric: both periods are linearised per arm, z = (N - R D) / mean(D), then adjusted like means with
 * theta = (cov(zA, wA) / nA + cov(zB, wB) / nB) / (var(wA) / nA + var(wB) / nB).
 *
 * No answer without a denominator in either period or where the pre-period does not vary.
 */
export function cupedRatioFromMoments(a: RatioPairMoments, b: RatioPairMoments): Answer<CupedRatioResult> {
  if (!(a.n >= 0 && b.n >= 0)) return noAnswer('invalid_input')
  if (Math.min(a.n, b.n) < 2) return noAnswer(Math.min(a.n, b.n) === 0 ? 'no_units' : 'one_unit')
  if ([a, b].some(({ means }) => means[1] === 0 || means[3] === 0)) return noAnswer('zero_denominator')
  const [linearA, linearB] = [linearised(a), linearised(b)]
  const preVariance = linearA.varW / a.n + linearB.varW / b.n
  const plain = linearA.varZ / a.n + linearB.varZ / b.n
  if (preVariance === 0) return noAnswer('singular_covariates')
  if (plain === 0) return noAnswer('zero_variance')
  const covariance = linearA.covZW / a.n + linearB.covZW / b.n
  const theta = covariance / preVariance
  const adjusted = Math.max(0, plain - 2 * theta * covariance + theta * theta * preVariance)
  const pooledPre = (a.n * linearA.pre + b.n * linearB.pre) / (a.n + b.n)
  const residual = ({ varZ, varW, covZW }: typeof linearA, n: number) => Math.max(0, varZ - 2 * theta * covZW + theta * theta * varW) / n
  return finite({
    theta, ratioA: linearA.post, ratioB: linearB.post,
    adjMeanA: linearA.post - theta * (linearA.pre - pooledPre),
    adjMeanB: linearB.post - theta * (linearB.pre - pooledPre),
    varA: residual(linearA, a.n),
    varB: residual(linearB, b.n),
    diffAdj: linearB.post - linearA.post - theta * (linearB.pre - linearA.pre),
    se: Math.sqrt(adjusted),
    varianceReduction: 1 - adjusted / plain,
  })
}

function linearised({ means, covariance }: RatioPairMoments) {
  const [num, den, numPre, denPre] = means as [number, number, number, number]
  const post = num / den
  const pre = numPre / denPre
  const z = [1 / den, -post / den, 0, 0]
  const w = [0, 0, 1 / denPre, -pre / denPre]
  const form = (u: number[], v: number[]) => u.reduce((sum, x, i) => sum + x * v.reduce((inner, y, j) => inner + y * (covariance[i]?.[j] as number), 0), 0)
  return { post, pre, varZ: Math.max(0, form(z, z)), varW: Math.max(0, form(w, w)), covZW: form(z, w) }
}
