import { finite, noAnswer, type Answer } from './answer.ts'
import { mergeMoments, momentsOf, sampleVariance, type Moments } from './moments.ts'

/** One value of a pre-exposure attribute: control and treatment. */
export interface Stratum {
  key: string
  a: Moments
  b: Moments
}

export interface PostStratified {
  diff: number
  /** Given the strata's sizes, and over random sizes. */
  seConditional: number
  se: number
  /** How many strata were read, after merging. */
  strata: number
}

/** Units that a stratum needs in each arm to be read on its own. */
const smallestStratum = 10

/**
 * Strata with fewer than ten units in an arm are read together, under one name. A rest that is still too small joins the smallest of the others,
 * so that nobody is left out.
 */
export function mergeSmallStrata(strata: readonly Stratum[], name = 'other'): Stratum[] {
  const small = ({ a, b }: Stratum) => Math.min(a.n, b.n) < smallestStratum
  const kept = strata.filter((stratum) => !small(stratum))
  const rest = strata.filter(small)
  if (rest.length === 0) return kept
  const together = (parts: readonly Stratum[]): Stratum => ({ key: name, a: mergeMoments(parts.map(({ a }) => a)), b: mergeMoments(parts.map(({ b }) => b)) })
  const other = together(rest)
  if (!small(other) || kept.length === 0) return [...kept, other]
  const size = ({ a, b }: Stratum) => a.n + b.n
  const smallest = kept.reduce((least, stratum) => (size(stratum) < size(least) ? stratum : least))
  return [...kept.filter((stratum) => stratum !== smallest), together([smallest, other])]
}

/**
 * Difference weighted by the pooled share of each stratum: d = sum w d_j, v = sum w^2 (vA_j + vB_j) + sum w (d_j - d)^2 / N.
 *
 * After CUPED, of the adjusted moments. Strata are read as they are given: merge small ones before. Source: Miratrix, Sekhon & Yu (2013), JRSS B 75.
 */
export function postStratifyMoments(strata: readonly Stratum[]): Answer<PostStratified> {
  if (strata.some(({ a, b }) => !(a.n >= 0 && b.n >= 0))) return noAnswer('invalid_input')
  if (strata.length === 0) return noAnswer('no_units')
  if (strata.some(({ a, b }) => a.n < 2 || b.n < 2)) return noAnswer('too_few_units')
  const total = strata.reduce((sum, { a, b }) => sum + a.n + b.n, 0)
  const parts = strata.map(({ a, b }) => ({ weight: (a.n + b.n) / total, d: b.mean - a.mean, v: sampleVariance(a) / a.n + sampleVariance(b) / b.n }))
  const diff = parts.reduce((sum, { weight, d }) => sum + weight * d, 0)
  const within = parts.reduce((sum, { weight, v }) => sum + weight * weight * v, 0)
  const between = parts.reduce((sum, { weight, d }) => sum + weight * (d - diff) ** 2, 0) / total
  if (within === 0) return noAnswer('zero_variance')
  return finite({ diff, seConditional: Math.sqrt(within), se: Math.sqrt(within + between), strata: strata.length })
}

/** The same from unit values. */
export function postStratify(strata: readonly { a: readonly number[]; b: readonly number[] }[]): Answer<PostStratified> {
  return postStratifyMoments(strata.map(({ a, b }, i) => ({ key: String(i), a: momentsOf(a), b: momentsOf(b) })))
}
