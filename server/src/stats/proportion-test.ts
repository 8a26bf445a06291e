import { mapAnswer, type Answer } from './answer.ts'
import { estimateStatus, proportionSample } from './estimate.ts'
import { fisherExact, pooledScoreTest, type Counts } from './proportions.ts'
import { welchTest } from './welch.ts'

export interface ProportionTest {
  method: 'welch' | 'score' | 'fisher'
  /** Two-sided. */
  p: number
}

/**
 * Test of two proportions that keeps its level at any size: Welch's, the pooled score test where an arm expects fewer than 25 successes or failures, and
 * Fisher's exact test below ten successes or failures in total.
 */
export function proportionTest(a: Counts, b: Counts): Answer<ProportionTest> {
  const successes = a.x + b.x
  if (Math.min(successes, a.n + b.n - successes) < 10) return mapAnswer(fisherExact(a, b), (p): ProportionTest => ({ method: 'fisher', p }))
  const [sampleA, sampleB] = [proportionSample(a.x, a.n), proportionSample(b.x, b.n)]
  const { flags } = estimateStatus('proportion', sampleA, sampleB)
  if (flags.includes('sparse')) return mapAnswer(pooledScoreTest(a, b), ({ p }): ProportionTest => ({ method: 'score', p }))
  return mapAnswer(welchTest(sampleA, sampleB), ({ p }): ProportionTest => ({ method: 'welch', p }))
}
