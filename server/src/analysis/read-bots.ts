import type { Analysis } from '../contract/analysis.ts'
import { chiSquareSurvival } from '../stats/index.ts'

/**
 * Whether the bots that were dropped are as large a share of one arm as of another: Pearson's chi-square on dropped and kept, per arm. A condition
 * that a treatment changes would make the arms different people. `kept` is in the order of `dropped`. No p while a cell expects fewer than five.
 */
export function readBots(dropped: readonly { arm: string; n: number }[], kept: readonly number[]): NonNullable<Analysis['bots']> {
  const bots = dropped.reduce((sum, { n }) => sum + n, 0)
  const people = kept.reduce((sum, n) => sum + n, 0)
  const arms = [...dropped]
  let chi2 = 0
  for (const [i, { n }] of dropped.entries()) {
    const share = (n + (kept[i] ?? 0)) / (bots + people)
    for (const [found, all] of [[n, bots], [kept[i] ?? 0, people]] as const) {
      if (!(share * all >= 5)) return { arms, p: null }
      chi2 += (found - share * all) ** 2 / (share * all)
    }
  }
  return { arms, p: dropped.length < 2 ? null : chiSquareSurvival(chi2, dropped.length - 1) }
}
