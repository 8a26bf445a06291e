import { finite, noAnswer, type Answer } from './answer.ts'
import { betaCdf } from './beta.ts'
import { expectedPositivePart, normalCdf, normalDensity, normalUpperQuantile } from './normal.ts'
import { integrate } from './quadrature.ts'

export interface NormalPosterior {
  mean: number
  sd: number
  /** P(effect > 0). */
  chanceToBeat: number
  ciLower: number
  ciUpper: number
  /** E[max(-effect, 0)]: what shipping loses on average. */
  lossIfShip: number
  /** E[max(effect, 0)]: what keeping control loses on average. */
  lossIfKeep: number
}

/**
 * Posterior of a normal effect with known standard error under a normal prior; `prior` null is flat. Shown, never used for a verdict.
 *
 * Optional stopping on these numbers is not error-controlled.
 */
export function normalPosterior(estimate: number, se: number, prior: { mean: number; sd: number } | null = null, level = 0.95): Answer<NormalPosterior> {
  if (!(se > 0 && se < Infinity && level > 0 && level < 1) || (prior !== null && !(prior.sd > 0))) return noAnswer('invalid_input')
  const dataPrecision = 1 / (se * se)
  const priorPrecision = prior === null ? 0 : 1 / (prior.sd * prior.sd)
  const sd = Math.sqrt(1 / (dataPrecision + priorPrecision))
  const mean = (estimate * dataPrecision + (prior?.mean ?? 0) * priorPrecision) / (dataPrecision + priorPrecision)
  const z = mean / sd
  const half = normalUpperQuantile((1 - level) / 2) * sd
  return finite({ mean, sd, chanceToBeat: normalCdf(z), ciLower: mean - half, ciUpper: mean + half, lossIfShip: sd * expectedPositivePart(-z), lossIfKeep: sd * expectedPositivePart(z) })
}

/**
 * Exact P(pB > pA) of independent Beta posteriors after xA of nA and xB of nB successes, under a Beta(prior) on each.
 *
 * E[P(A < pB)] by quadrature over B. For tiny counts, as a check of the normal read-out.
 */
export function betaChanceToBeat(xA: number, nA: number, xB: number, nB: number, prior: readonly [number, number] = [1, 1]): Answer<number> {
  if (!(xA >= 0 && xB >= 0 && nA >= xA && nB >= xB && prior[0] > 0 && prior[1] > 0)) return noAnswer('invalid_input')
  const a = { first: xA + prior[0], second: nA - xA + prior[1] }
  const b = { first: xB + prior[0], second: nB - xB + prior[1] }
  const mean = b.first / (b.first + b.second)
  const sd = Math.sqrt((mean * (1 - mean)) / (b.first + b.second + 1))
  const inside = (x: number) => x > 0 && x < 1
  const breaks = [...new Set([0, 1, ...Array.from({ length: 121 }, (_, i) => mean + (i - 40) * 0.25 * sd).filter(inside)])].sort((x, y) => x - y)
  const log = (x: number) => (b.first - 1) * Math.log(x) + (b.second - 1) * Math.log1p(-x)
  const peak = Math.min(1 - 1e-12, Math.max(1e-12, b.first + b.second > 2 ? (b.first - 1) / (b.first + b.second - 2) : mean))
  const top = log(peak)
  const density = (x: number) => Math.exp(log(x) - top)
  return finite(integrate((x) => density(x) * betaCdf(x, a.first, a.second), breaks) / integrate(density, breaks))
}

/** P(arm i has the largest mean) for independent normal posteriors, by one-dimensional quadrature: deterministic, about 1e-10. Arms share ties. */
export function probabilityBest(means: readonly number[], sds: readonly number[]): Answer<number[]> {
  if (means.length === 0) return noAnswer('no_units')
  if (means.length !== sds.length || means.some((mean) => !Number.isFinite(mean)) || sds.some((sd) => !(sd > 0 && sd < Infinity))) return noAnswer('invalid_input')
  const raw = means.map((mean, i) => {
    const sd = sds[i] as number
    const low = mean - 9 * sd
    const high = mean + 9 * sd
    const breaks = means.flatMap((centre, j) => Array.from({ length: 37 }, (_, k) => centre + ((k - 18) / 2) * (sds[j] as number))).filter((x) => x > low && x < high)
    const sorted = [low, ...new Set(breaks.sort((x, y) => x - y)), high]
    return integrate((x) => (normalDensity((x - mean) / sd) / sd) * means.reduce((product, other, j) => (j === i ? product : product * normalCdf((x - other) / (sds[j] as number))), 1), sorted, 8)
  })
  const total = raw.reduce((sum, p) => sum + p, 0)
  return finite(raw.map((p) => p / total))
}
