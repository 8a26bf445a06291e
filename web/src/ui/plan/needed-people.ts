import { answerOrNull, groupSequentialInflation, normalUpperQuantile, planningCritical, powerPerMetric, sampleSizeMeans, zTestPower } from '@assay/server/stats'
import type { ExperimentSetup, MetricType } from '@assay/server/contract'

export interface PowerQuestion {
  setup: Pick<ExperimentSetup, 'arms' | 'control' | 'mode' | 'alpha' | 'power' | 'plannedUnits'>
  type: MetricType
  direction: 'increase' | 'decrease'
  /** Level of the deciding metric under control: a share, or a value per person. */
  baseline: number
  /** Standard deviation of a person's value; not asked of a share, whose own follows from it. */
  sd: number | null
  /** Relative effect worth having. */
  minimumEffect: number
  guardrails: number
}

export interface PeopleNeeded {
  /** Over all arms. */
  total: number
  smallestArm: number
  /** Power that the deciding metric is sized for, so that it and the guardrails pass together. */
  powerEach: number
  /** Chance that the deciding metric shows the effect with the people planned; null where none are. */
  chanceAsPlanned: number | null
}

/** Daily looks that a group-sequential plan is sized for. */
const LOOKS = 14

/**
 * People to see the smallest effect worth having in every treatment against control, or null where the question has no answer
 * yet. Several treatments share the level, and guardrails the chance to miss, as the analysis will.
 */
export function neededPeople({ setup, type, direction, baseline, sd, minimumEffect, guardrails }: PowerQuestion): PeopleNeeded | null {
  const control = setup.arms.find((arm) => arm.variant === setup.control)
  const treatments = setup.arms.filter((arm) => arm.variant !== setup.control)
  const treated = baseline * (1 + (direction === 'increase' ? minimumEffect : -minimumEffect))
  if (!control || treatments.length === 0 || setup.arms.some((arm) => !(arm.weight > 0)) || !(minimumEffect > 0) || !(baseline > 0)) return null
  const spreads = type === 'conversion' ? spreadsOf(baseline, treated) : sd !== null && sd > 0 ? { sdA: sd, sdB: sd } : null
  if (spreads === null) return null

  const alpha = setup.alpha / treatments.length
  const powerEach = powerPerMetric(setup.power, guardrails)
  const critical = planningCritical(setup.mode, alpha)
  const inflation = setup.mode === 'group_sequential' ? answerOrNull(groupSequentialInflation(LOOKS, alpha, powerEach))?.inflationFactor : 1
  const sizes = treatments.map((arm) => answerOrNull(sampleSizeMeans({ ...spreads, delta: treated - baseline, alpha, power: powerEach, ratio: arm.weight / control.weight, critical })))
  if (inflation === undefined || sizes.some((size) => size === null)) return null
  const inControl = Math.max(...sizes.map((size) => (size?.nA ?? 0) * inflation))
  const perArm = setup.arms.map((arm) => Math.ceil((inControl * arm.weight) / control.weight))
  const total = perArm.reduce((sum, people) => sum + people, 0)
  const chanceAsPlanned = setup.plannedUnits === null ? null : zTestPower((critical + normalUpperQuantile(1 - powerEach)) * Math.sqrt(setup.plannedUnits / total), critical)
  return { total, smallestArm: Math.min(...perArm), powerEach, chanceAsPlanned }
}

/** A share at both levels; null where the effect would leave the range of a share. */
function spreadsOf(baseline: number, treated: number): { sdA: number; sdB: number } | null {
  if (baseline >= 1 || treated <= 0 || treated >= 1) return null
  return { sdA: Math.sqrt(baseline * (1 - baseline)), sdB: Math.sqrt(treated * (1 - treated)) }
}
