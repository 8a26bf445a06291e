import { finite, isAnswer, noAnswer, type Answer, type NoAnswerReason } from './answer.ts'
import { chiSquareSurvival } from './chi-square.ts'
import { adjustPValues } from './multiple.ts'
import { sequentialSrm, srmTest, type SequentialSrmLook, type SrmAnswer } from './srm.ts'

/** A time during which the weights did not change. */
export interface SrmPeriod {
  counts: readonly number[]
  weights: readonly number[]
}

/**
 * Sample ratio over periods with different weights: chi-square and degrees of freedom add up over periods. Pooling the counts instead would alarm
 * whenever weights and traffic change together. Periods too small for the test are left out; no answer where all are.
 */
export function srmByPeriod(periods: readonly SrmPeriod[]): Answer<SrmAnswer> {
  const tests = periods.map(({ counts, weights }) => srmTest(counts, weights))
  const known = tests.filter((test): test is SrmAnswer => test.p !== null)
  const first = tests[0]
  if (known.length === 0) return noAnswer(first !== undefined && !isAnswer(first) ? first.noAnswer : 'no_units')
  const chi2 = known.reduce((sum, test) => sum + test.chi2, 0)
  const df = known.reduce((sum, test) => sum + test.df, 0)
  return finite({ chi2, df, p: chiSquareSurvival(chi2, df) })
}

/**
 * The sequential test over periods: within a period Bayes factors of its own cumulative counts, times those that earlier periods ended with.
 *
 * The product of e-values of disjoint data is an e-value, so p keeps its meaning at every look. Looks in order of time.
 */
export function sequentialSrmByPeriod(periods: readonly { looks: readonly (readonly number[])[]; weights: readonly number[] }[], concentration = 10_000): Answer<SequentialSrmLook[]> {
  const all: SequentialSrmLook[] = []
  let before = 0
  for (const { looks, weights } of periods) {
    const read = sequentialSrm(looks, weights, concentration)
    if (!isAnswer(read)) return read
    for (const { logBayesFactor } of read) {
      const total = before + logBayesFactor
      all.push({ logBayesFactor: total, p: Math.min(all.at(-1)?.p ?? 1, Math.exp(-total)) })
    }
    before += read.at(-1)?.logBayesFactor ?? 0
  }
  return finite(all)
}

export interface SegmentSrm {
  key: string
  chi2: number | null
  p: number | null
  /** Holm over the segments that have a test; null where there is none. */
  adjustedP: number | null
  reason: NoAnswerReason | null
}

/** Sample ratio per value of an attribute (browser, platform, country, day), to find where units are lost. Holm holds the chance of one false alarm over all values. */
export function srmBySegment(segments: readonly { key: string; counts: readonly number[] }[], weights: readonly number[]): SegmentSrm[] {
  const tests = segments.map(({ counts }) => srmTest(counts, weights))
  const adjusted = adjustPValues(tests.map(({ p }) => p), 'holm')
  return tests.map((test, i) => ({ key: segments[i]?.key ?? '', chi2: test.chi2, p: test.p, adjustedP: adjusted[i] ?? null, reason: isAnswer(test) ? null : test.noAnswer }))
}
