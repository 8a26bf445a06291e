import { linearise } from './ratio.ts'
import { momentsOf, sampleCovariance, sampleVariance } from './moments.ts'
import { welchFromEstimates, type WelchResult } from './welch.ts'

/** Unit values of one arm: the outcome, and each covariate (measured before exposure) as its own list. */
export interface CovariateArm {
  y: readonly number[]
  x: readonly (readonly number[])[]
}

export interface CupedResult {
  theta: number[]
  adjMeanA: number
  adjMeanB: number
  /** Variances of the adjusted estimates. */
  varA: number
  varB: number
  /** 1 - adjusted / unadjusted variance of the difference. */
  varianceReduction: number
  test: WelchResult | null
  /** Lin's regression with treatment interactions, as a cross-check of the point estimate. */
  linEstimate: number | null
}

interface ArmMoments {
  n: number
  meanY: number
  meanX: number[]
  syy: number
  sxy: number[]
  sxx: number[][]
}

/**
 * CUPED: the difference adjusted by pre-exposure covariates, with one theta that minimises the variance of the difference:
 * theta = S^-1 c with S = SxxA / nA + SxxB / nB, c = SxyA / nA + SxyB / nB.
 *
 * H0 and assumptions as Welch's test; the covariates must not be touched by the treatment. null with fewer than two units in an arm or a singular S.
 * Sources: Deng, Xu, Kohavi & Walker (2013), WSDM; Lin (2013), Annals of Applied Statistics 7.
 */
export function cuped(a: CovariateArm, b: CovariateArm, alpha = 0.05): CupedResult | null {
  if (a.y.length < 2 || b.y.length < 2) return null
  const [armA, armB] = [armMoments(a), armMoments(b)]
  const total = armA.n + armB.n
  const pooledX = armA.meanX.map((mean, j) => (armA.n * mean + armB.n * (armB.meanX[j] as number)) / total)
  const k = pooledX.length
  const s = matrix(k, (i, j) => (armA.sxx[i]?.[j] as number) / armA.n + (armB.sxx[i]?.[j] as number) / armB.n)
  const theta = solve(s, vector(k, (i) => (armA.sxy[i] as number) / armA.n + (armB.sxy[i] as number) / armB.n))
  if (!theta) return null
  const adjMeanA = adjusted(armA, theta, pooledX)
  const adjMeanB = adjusted(armB, theta, pooledX)
  const varA = residualVariance(armA, theta) / armA.n
  const varB = residualVariance(armB, theta) / armB.n
  const thetaA = solve(armA.sxx, armA.sxy)
  const thetaB = solve(armB.sxx, armB.sxy)
  return {
    theta, adjMeanA, adjMeanB, varA, varB,
    varianceReduction: 1 - (varA + varB) / (armA.syy / armA.n + armB.syy / armB.n),
    test: welchFromEstimates({ m: adjMeanA, v: varA, n: armA.n }, { m: adjMeanB, v: varB, n: armB.n }, alpha),
    linEstimate: thetaA && thetaB ? adjusted(armB, thetaB, pooledX) - adjusted(armA, thetaA, pooledX) : null,
  }
}

export interface RatioArm {
  num: readonly number[]
  den: readonly number[]
  numPre: readonly number[]
  denPre: readonly number[]
}

export interface CupedRatioResult {
  theta: number
  ratioA: number
  ratioB: number
  diffAdj: number
  se: number
  varianceReduction: number
}

/** CUPED for a ratio metric: both periods are linearised per arm, then adjusted like means. null without a denominator or where the pre-period does not vary. */
export function cupedRatio(a: RatioArm, b: RatioArm): CupedRatioResult | null {
  const [zA, zB] = [linearise(a.num, a.den), linearise(b.num, b.den)]
  const [wA, wB] = [linearise(a.numPre, a.denPre), linearise(b.numPre, b.denPre)]
  if (!zA || !zB || !wA || !wB) return null
  const [nA, nB] = [a.num.length, b.num.length]
  const variance = (values: readonly number[]) => sampleVariance(momentsOf(values))
  const preVariance = variance(wA.z) / nA + variance(wB.z) / nB
  if (!(preVariance > 0)) return null
  const covariance = sampleCovariance(zA.z, wA.z) / nA + sampleCovariance(zB.z, wB.z) / nB
  const theta = covariance / preVariance
  const plain = variance(zA.z) / nA + variance(zB.z) / nB
  const adjustedVariance = plain - 2 * theta * covariance + theta * theta * preVariance
  return { theta, ratioA: zA.ratio, ratioB: zB.ratio, diffAdj: zB.ratio - zA.ratio - theta * (wB.ratio - wA.ratio), se: Math.sqrt(adjustedVariance), varianceReduction: 1 - adjustedVariance / plain }
}

export interface PostStratified {
  diff: number
  /** Given the strata's sizes, and over random sizes. */
  seConditional: number
  se: number
}

/** Difference weighted by the pooled share of each stratum. Each stratum needs two units per arm: merge smaller ones before. null otherwise. Source: Miratrix, Sekhon & Yu (2013), JRSS B 75. */
export function postStratify(strata: readonly { a: readonly number[]; b: readonly number[] }[]): PostStratified | null {
  if (strata.some(({ a, b }) => a.length < 2 || b.length < 2)) return null
  const total = strata.reduce((sum, { a, b }) => sum + a.length + b.length, 0)
  const parts = strata.map(({ a, b }) => {
    const [momentsA, momentsB] = [momentsOf(a), momentsOf(b)]
    return { weight: (a.length + b.length) / total, d: momentsB.mean - momentsA.mean, v: sampleVariance(momentsA) / a.length + sampleVariance(momentsB) / b.length }
  })
  const diff = parts.reduce((sum, { weight, d }) => sum + weight * d, 0)
  const within = parts.reduce((sum, { weight, v }) => sum + weight * weight * v, 0)
  const between = parts.reduce((sum, { weight, d }) => sum + weight * (d - diff) ** 2, 0) / total
  return { diff, seConditional: Math.sqrt(within), se: Math.sqrt(within + between) }
}

function armMoments({ y, x }: CovariateArm): ArmMoments {
  const { mean, ...rest } = momentsOf(y)
  return {
    n: y.length, meanY: mean, meanX: x.map((column) => momentsOf(column).mean), syy: sampleVariance({ mean, ...rest }),
    sxy: x.map((column) => sampleCovariance(column, y)),
    sxx: x.map((column) => x.map((other) => sampleCovariance(column, other))),
  }
}

function adjusted(arm: ArmMoments, theta: readonly number[], pooledX: readonly number[]): number {
  return theta.reduce((mean, slope, j) => mean - slope * ((arm.meanX[j] as number) - (pooledX[j] as number)), arm.meanY)
}

function residualVariance({ syy, sxy, sxx }: ArmMoments, theta: readonly number[]): number {
  const linear = theta.reduce((sum, slope, i) => sum + slope * (sxy[i] as number), 0)
  const quadratic = theta.reduce((sum, slope, i) => sum + slope * theta.reduce((inner, other, j) => inner + other * (sxx[i]?.[j] as number), 0), 0)
  return Math.max(0, syy - 2 * linear + quadratic)
}

/** Gaussian elimination with partial pivoting; null where the matrix is singular to working precision. */
function solve(matrixIn: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const k = right.length
  const rows = matrixIn.map((row, i) => [...row, right[i] as number])
  const scale = Math.max(...rows.map((row, i) => Math.abs(row[i] as number)))
  for (let column = 0; column < k; column++) {
    let pivot = column
    for (let row = column + 1; row < k; row++) if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = row
    const chosen = rows[pivot] as number[]
    if (!(Math.abs(chosen[column] as number) > 1e-13 * scale)) return null
    rows[pivot] = rows[column] as number[]
    rows[column] = chosen
    for (let row = column + 1; row < k; row++) {
      const target = rows[row] as number[]
      const factor = (target[column] as number) / (chosen[column] as number)
      for (let j = column; j <= k; j++) target[j] = (target[j] as number) - factor * (chosen[j] as number)
    }
  }
  const result: number[] = vector(k, () => 0)
  for (let row = k - 1; row >= 0; row--) {
    const values = rows[row] as number[]
    let sum = values[k] as number
    for (let j = row + 1; j < k; j++) sum -= (values[j] as number) * (result[j] as number)
    result[row] = sum / (values[row] as number)
  }
  return result
}

function vector(k: number, f: (i: number) => number): number[] {
  return Array.from({ length: k }, (_, i) => f(i))
}

function matrix(k: number, f: (i: number, j: number) => number): number[][] {
  return Array.from({ length: k }, (_, i) => vector(k, (j) => f(i, j)))
}
