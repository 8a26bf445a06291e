import type { Analysis } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { answerOrNull, sequentialSrm, srmTest } from '../stats/index.ts'

/**
 * Whether units fall into the arms in the ratio of the sealed weights.
 *
 * `cumulative` holds, per look (a day at least), the units of every arm so far in the plan's order; the last one is now.
 */
export function readSrm(plan: Pick<Plan, 'arms'>, cumulative: readonly (readonly number[])[]): Analysis['srm'] {
  const weights = plan.arms.map((arm) => arm.weight)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const { chi2, df, p } = srmTest(cumulative.at(-1) ?? weights.map(() => 0), weights)
  const looks = answerOrNull(sequentialSrm(cumulative, weights))
  return { chi2, df, p, sequentialP: looks?.at(-1)?.p ?? null, expected: plan.arms.map((arm) => ({ arm: arm.variant, share: arm.weight / sum })) }
}
