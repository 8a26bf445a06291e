import type { ExperimentSetup, MetricType } from '@assay/server/contract'
import { durationDays, groupSequentialInflation, planningCritical, sampleSizeMeans } from '@assay/server/stats'

export interface Planned {
  type: MetricType
  direction: 'increase' | 'decrease'
  /** Level of the metric today: a share of people, or a mean. */
  baseline: number
  /** Standard deviation of a person's value; null for shares, where the baseline fixes it. */
  sd: number | null
  minimumEffect: number
  arms: readonly { variant: string; weight: number }[]
  control: string
  mode: ExperimentSetup['mode']
  alpha: number
  power: number
}

export interface SampleSize {
  /** People over all arms. */
  total: number
  /** People in the smallest arm. */
  smallestArm: number
}

/** Looks a day over two weeks: what planned looks cost is nearly the same beyond. */
const LOOKS = 14

/**
 * People needed to see the smallest effect with the plan's power in every treatment against control. Several treatments
 * share the level, as the analysis will. Null where the numbers do not go together, such as a share raised above 100%.
 */
export function sampleSize(plan: Planned): SampleSize | null {
  const { baseline, minimumEffect, alpha, power, mode } = plan
  const treated = baseline * (plan.direction === 'increase' ? 1 + minimumEffect : 1 - minimumEffect)
  const control = plan.arms.find((arm) => arm.variant === plan.control)
  const treatments = plan.arms.filter((arm) => arm.variant !== plan.control)
  if (!control || treatments.length === 0 || plan.arms.some((arm) => !(arm.weight > 0)) || !(minimumEffect > 0) || !(baseline > 0)) return null
  const sds = spreads(plan, treated)
  if (sds === null) return null
  const level = alpha / treatments.length
  const inflation = mode === 'group_sequential' ? groupSequentialInflation(LOOKS, level, power).inflationFactor : 1
  const critical = planningCritical(mode, level)
  const inControl = Math.max(...treatments.map(({ weight }) => sampleSizeMeans({ sdA: sds.control, sdB: sds.treated, delta: treated - baseline, alpha: level, power, ratio: weight / control.weight, critical }).nA * inflation))
  const weights = plan.arms.map((arm) => arm.weight / control.weight)
  return { total: Math.ceil(weights.reduce((sum, weight) => sum + Math.ceil(inControl * weight), 0)), smallestArm: Math.ceil(inControl * Math.min(...weights)) }
}

function spreads({ type, baseline, sd }: Planned, treated: number): { control: number; treated: number } | null {
  if (type === 'mean') return sd === null || !(sd > 0) ? null : { control: sd, treated: sd }
  if (baseline >= 1 || treated >= 1 || treated < 0) return null
  return { control: Math.sqrt(baseline * (1 - baseline)), treated: Math.sqrt(treated * (1 - treated)) }
}

/** Whole weeks to meet that many people, with the metric's window after the last of them; null without a rate. */
export function daysNeeded(total: number, peoplePerDay: number, minDays: number, windowHours: number | null): number | null {
  if (!(peoplePerDay > 0)) return null
  return durationDays({ nTotal: total, unitsPerDay: peoplePerDay, minDays }) + Math.ceil((windowHours ?? 0) / 24)
}
