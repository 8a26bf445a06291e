import type { Analysis } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { answerOrNull, difference, isAnswer, meanEstimate, mergeMoments, noveltyCheck, sampleVariance, type DayEffect, type Moments } from '../stats/index.ts'
import { pWords, signed } from './effect-words.ts'

type Finding = NonNullable<Analysis['findings']>[number]

/** What the people of an arm did in the primary metric on one day after their first exposure, counted from 1: of those who have had that day. */
export interface AgeValues {
  arm: string
  day: number
  moments: Moments
}

/** Fewer people in an arm say nothing about a day. */
const fewest = 50

/** Whether the effect wears off or builds up with the days that somebody has had the change; and where that cannot be told, that it was not. */
export function readNovelty(plan: Plan, byAge: readonly AgeValues[] | undefined): Finding[] {
  const primary = plan.metrics.find((metric) => metric.role === 'primary')
  if (!primary) return []
  const treatments = plan.arms.map(({ variant }) => variant).filter((arm) => arm !== plan.control)
  return treatments.flatMap((arm): Finding[] => {
    const of = { metric: primary.key, arm }
    const effects = byAge ? dayEffects(byAge, plan.control, arm) : []
    const check = noveltyCheck(effects)
    if (!isAnswer(check)) return [{ code: 'novelty_unknown', ...of, evidence: byAge ? `${effects.length} days since the first exposure have enough people; three are needed.` : `What somebody adds per day is not known for a metric of this kind.` }]
    if (check.flag === null) return []
    return [{ code: check.flag, ...of, evidence: `A difference per day of ${signed(check.early)} in the first third of the days since exposure, ${signed(check.late)} in the last; ${pWords(check.trend.p)}.` }]
  })
}

function dayEffects(byAge: readonly AgeValues[], control: string, treatment: string): DayEffect[] {
  const days = [...new Set(byAge.map(({ day }) => day))].sort((x, y) => x - y)
  return days.flatMap((day) => {
    const of = (arm: string) => mergeMoments(byAge.filter((row) => row.arm === arm && row.day === day).map(({ moments }) => moments))
    const [a, b] = [of(control), of(treatment)]
    if (Math.min(a.n, b.n) < fewest) return []
    const effect = answerOrNull(difference(estimate(a), estimate(b)))
    return effect ? [{ day, effect: effect.diff, se: effect.se }] : []
  })
}

function estimate(moments: Moments) {
  return meanEstimate({ n: moments.n, mean: moments.mean, variance: sampleVariance(moments) })
}
