import { isAnswer, noAnswer, type Answer } from './answer.ts'
import { pooledScoreTest, type Counts } from './proportions.ts'

/** Blocks a verdict: so many units met two arms that leaving them out may have changed who is compared. */
export function multipleExposure(crossed: number, units: number): boolean {
  return crossed >= 10 && crossed > 0.01 * units
}

/**
 * Whether more units lack a covariate (or are bots, or carry no platform) in one arm than in the other: something that happens before exposure should not depend on
 * the arm. Score test at 0.001.
 */
export function rateDiffersByArm(a: Counts, b: Counts): Answer<{ p: number; differs: boolean }> {
  const test = pooledScoreTest(a, b)
  if (isAnswer(test)) return { p: test.p, differs: test.p < 0.001 }
  // Nobody or everybody, in both arms.
  return test.noAnswer === 'zero_variance' ? { p: 1, differs: false } : test
}

/** Arms that have sent nothing for more than two of the usual intervals between batches, while another one has. Times in milliseconds; null: never. */
export function silentArms(arms: readonly { arm: string; lastExposureAt: number | null }[], interval: number, now: number): Answer<string[]> {
  if (!(interval > 0) || !Number.isFinite(now)) return noAnswer('invalid_input')
  const silent = arms.filter(({ lastExposureAt }) => lastExposureAt === null || now - lastExposureAt > 2 * interval)
  return silent.length === arms.length ? noAnswer('no_units') : silent.map(({ arm }) => arm)
}
