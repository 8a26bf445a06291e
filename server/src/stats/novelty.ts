import { finite, isAnswer, noAnswer, type Answer } from './answer.ts'
import { noveltyTrend, type Trend } from './heterogeneity.ts'

export interface DayEffect {
  /** Days since the first exposure, from 1. */
  day: number
  effect: number
  se: number
}

export interface NoveltyCheck {
  trend: Trend
  /** Precision-weighted effect of the first and of the last third of days. */
  early: number
  late: number
  /** The effect wears off, or builds up: p below 0.01, and one third less than half of the other. */
  flag: 'novelty' | 'primacy' | null
}

/** Whether an effect depends on how long a unit has had the change. Three days at least. */
export function noveltyCheck(days: readonly DayEffect[]): Answer<NoveltyCheck> {
  if (days.length < 3) return noAnswer('too_few_units')
  const ordered = [...days].sort((x, y) => x.day - y.day)
  const trend = noveltyTrend(ordered.map(({ day }) => day), ordered.map(({ effect }) => effect), ordered.map(({ se }) => se))
  if (!isAnswer(trend)) return trend
  const third = Math.floor(ordered.length / 3)
  const early = pooled(ordered.slice(0, third))
  const late = pooled(ordered.slice(-third))
  const shown = trend.p < 0.01
  const flag = shown && Math.abs(late) < Math.abs(early) / 2 ? 'novelty' : shown && Math.abs(early) < Math.abs(late) / 2 ? 'primacy' : null
  return finite({ trend, early, late, flag })
}

function pooled(days: readonly DayEffect[]): number {
  const weights = days.reduce((sum, { se }) => sum + 1 / (se * se), 0)
  return days.reduce((sum, { effect, se }) => sum + effect / (se * se), 0) / weights
}
