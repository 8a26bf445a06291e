import { finite, noAnswer, type Answer, type NoAnswer, type NoAnswerReason } from './answer.ts'
import { chiSquareSurvival } from './chi-square.ts'
import { logGamma } from './log-gamma.ts'

export interface SrmAnswer {
  chi2: number
  df: number
  p: number
}

/** Where there is no test, the degrees of freedom it would have. */
export type SrmResult = SrmAnswer | (NoAnswer & { chi2: null; df: number; p: null })

/**
 * Pearson's chi-square test of H0: units fall into the arms in the ratio of `weights` (sample ratio mismatch).
 *
 * Weights are ratios and need not sum to 1; arms with weight 0 are left out of the degrees of freedom.
 * No answer while an arm expects fewer than 5 units, where the approximation is not valid.
 */
export function srmTest(counts: readonly number[], weights: readonly number[]): SrmResult {
  const arms = weights.map((weight, i) => ({ weight, count: counts[i] ?? 0 })).filter(({ weight }) => weight > 0)
  const total = arms.reduce((sum, { count }) => sum + count, 0)
  const weightSum = arms.reduce((sum, { weight }) => sum + weight, 0)
  const df = arms.length - 1
  const expected = arms.map(({ weight }) => (total * weight) / weightSum)
  const missing = (reason: NoAnswerReason): SrmResult => ({ ...noAnswer(reason), chi2: null, df, p: null })
  if ([...counts, ...weights].some((value) => !(value >= 0 && value < Infinity)) || df < 1) return missing('invalid_input')
  if (total === 0) return missing('no_units')
  if (expected.some((count) => !(count >= 5))) return missing('too_few_units')
  const chi2 = arms.reduce((sum, { count }, i) => sum + (count - (expected[i] as number)) ** 2 / (expected[i] as number), 0)
  return { chi2, df, p: chiSquareSurvival(chi2, df) }
}

export interface SequentialSrmLook {
  logBayesFactor: number
  /** Smallest 1 / BF so far: valid at every look, however often one looks. */
  p: number
}

/**
 * Sequential test of the sample ratio: Bayes factor of a Dirichlet-multinomial alternative against the planned weights.
 *
 * Under H0 the chance that `p` ever falls below alpha is at most alpha (Ville). `cumulative` holds the units per arm at each look.
 * Prior Dirichlet(concentration * weights): 10,000 looks for small deviations. Source: Lindon & Malek (2020), arXiv 2011.03567.
 */
export function sequentialSrm(cumulative: readonly (readonly number[])[], weights: readonly number[], concentration = 10_000): Answer<SequentialSrmLook[]> {
  if ([...cumulative.flat(), ...weights].some((value) => !(value >= 0 && value < Infinity)) || weights.filter((weight) => weight > 0).length < 2) return noAnswer('invalid_input')
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = weights.map((weight) => weight / weightSum)
  let smallest = 1
  return finite(cumulative.map((counts) => {
    const logBayesFactor = dirichletLogBayesFactor(counts, shares, shares.map((share) => share * concentration))
    smallest = Math.min(smallest, Math.exp(-logBayesFactor))
    return { logBayesFactor, p: smallest }
  }))
}

/** ln of the Dirichlet-multinomial probability of `counts` under prior `alpha` over their probability under `shares`; arms with share 0 are left out. */
export function dirichletLogBayesFactor(counts: readonly number[], shares: readonly number[], alpha: readonly number[]): number {
  const arms = shares.map((share, i) => ({ share, count: counts[i] ?? 0, prior: alpha[i] ?? 0 })).filter(({ share }) => share > 0)
  const prior = arms.reduce((sum, arm) => sum + arm.prior, 0)
  const n = arms.reduce((sum, arm) => sum + arm.count, 0)
  const proportional = arms.every((arm) => arm.prior > 100 && Math.abs(arm.prior / prior - arm.share) < 1e-12)
  if (!proportional) {
    return logGamma(prior) - logGamma(prior + n) + arms.reduce((sum, arm) => sum + logGamma(arm.prior + arm.count) - logGamma(arm.prior) - arm.count * Math.log(arm.share), 0)
  }
  // Stirling's form: the large terms become (1 + x) ln(1 + x) - x of the small relative deviation x, where lnGamma of millions would lose eight digits.
  const total = prior + n
  let sum = Math.log(total / prior) / 2 - stirlingRest(total) + stirlingRest(prior)
  for (const { share, prior: before, count } of arms) {
    const after = before + count
    const fair = total * share
    const x = (after - fair) / fair
    sum += fair * ((1 + x) * Math.log1p(x) - x) - Math.log(after / before) / 2 + stirlingRest(after) - stirlingRest(before)
  }
  return sum
}

/** lnGamma(x) - ((x - 1/2) ln x - x + ln(2 pi) / 2) for x > 100. */
function stirlingRest(x: number): number {
  const inverse = 1 / x
  const square = inverse * inverse
  return inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
}
