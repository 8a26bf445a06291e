import { finite, noAnswer, type Answer } from './answer.ts'
import { normalDensity, normalLogCdf, normalUpperQuantile } from './normal.ts'

export interface WinnersCurse {
  /** Sum of the effects that cleared the cut, as estimated. */
  selectedSum: number
  biasPlugIn: number
  corrected: number
}

/**
 * Total effect of the experiments that cleared the cut, and what it is after removing the bias of having picked winners.
 *
 * `estimates` holds ALL experiments, lost ones too: bias = sum s phi((s c - y) / s). Source: Lee & Shen (2018), KDD.
 */
export function winnersCurse(estimates: readonly number[], ses: readonly number[], zCut = normalUpperQuantile(0.025)): Answer<WinnersCurse> {
  if (estimates.length !== ses.length || ses.some((se) => !(se > 0))) return noAnswer('invalid_input')
  let selectedSum = 0
  let biasPlugIn = 0
  estimates.forEach((estimate, i) => {
    const se = ses[i] as number
    if (estimate > zCut * se) selectedSum += estimate
    biasPlugIn += se * normalDensity((se * zCut - estimate) / se)
  })
  return finite({ selectedSum, biasPlugIn, corrected: selectedSum - biasPlugIn })
}

/** Maximum-likelihood effect given that the estimate cleared `zCut` standard errors. A diagnostic only: it falls without bound near the cut; no answer below it. */
export function conditionalMle(estimate: number, se: number, zCut = normalUpperQuantile(0.025)): Answer<number> {
  if (!(se > 0) || !Number.isFinite(estimate)) return noAnswer('invalid_input')
  const z = estimate / se
  if (!(z > zCut)) return noAnswer('below_cut')
  // E[Z | Z > c] of a unit normal around mu is mu + hazard(c - mu); it rises with mu.
  const expectation = (mu: number) => mu + Math.exp(-((zCut - mu) ** 2) / 2 - Math.log(Math.sqrt(2 * Math.PI)) - normalLogCdf(mu - zCut))
  let low = z - 1
  while (expectation(low) > z && low > -1e8) low = low * 2 - Math.abs(z) - 1
  let high = z
  for (let i = 0; i < 300 && high - low > 1e-14 * Math.max(1, Math.abs(low)); i++) {
    const middle = (low + high) / 2
    if (expectation(middle) > z) high = middle
    else low = middle
  }
  return finite(((low + high) / 2) * se)
}

/** Compounded lift of shipped changes, prod(1 + L) - 1, and the standard error of its logarithm. */
export function cumulativeLift(lifts: readonly number[], ses: readonly number[]): Answer<{ compound: number; logSe: number }> {
  if (lifts.length !== ses.length || lifts.some((lift) => !(lift > -1)) || ses.some((se) => !(se >= 0))) return noAnswer('invalid_input')
  const log = lifts.reduce((sum, lift) => sum + Math.log1p(lift), 0)
  return finite({ compound: Math.expm1(log), logSe: Math.sqrt(lifts.reduce((sum, lift, i) => sum + ((ses[i] as number) / (1 + lift)) ** 2, 0)) })
}
