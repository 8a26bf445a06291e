import { answerOrNull, normalUpperQuantile, requiredUnits, zTestPower, type PlannedMetric } from '@assay/server/stats'
import type { ExperimentSetup, MetricType } from '@assay/server/contract'
import { isShare } from '../effect-format.ts'

export interface PowerQuestion {
  setup: Pick<ExperimentSetup, 'arms' | 'control' | 'mode' | 'alpha' | 'power' | 'plannedUnits'>
  type: MetricType
  direction: 'increase' | 'decrease'
  /** Level of the deciding metric under control: a share, a value per person, a ratio or a percentile. */
  baseline: number
  /** Standard deviation of what one person adds; not asked of a share, whose own follows from it. */
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

/**
 * People to see the smallest effect worth having in every treatment against control, or null where the question has no answer
 * yet. The engine sizes it: several treatments share the level, and guardrails the chance to miss, as the analysis will.
 */
export function neededPeople({ setup, type, direction, baseline, sd, minimumEffect, guardrails }: PowerQuestion): PeopleNeeded | null {
  const control = setup.arms.find((arm) => arm.variant === setup.control)
  const treatments = setup.arms.filter((arm) => arm.variant !== setup.control)
  const metric = plannedMetric(type, baseline, sd)
  if (!control || metric === null || !(minimumEffect > 0)) return null
  const size = answerOrNull(requiredUnits({
    metric,
    effect: { relative: direction === 'increase' ? minimumEffect : -minimumEffect },
    question: 'difference',
    alpha: setup.alpha,
    power: setup.power,
    mode: setup.mode,
    guardrails,
    weights: [control, ...treatments].map(({ weight }) => weight),
  }))
  if (size === null) return null
  const { total, perArm, powerEach, critical } = size
  // The shift in standard errors grows with the root of the people. Asking the engine once more would compute the boundaries twice, at every keystroke.
  const chanceAsPlanned = setup.plannedUnits === null ? null : zTestPower((critical + normalUpperQuantile(1 - powerEach)) * Math.sqrt(setup.plannedUnits / total), critical)
  return { total, smallestArm: Math.min(...perArm), powerEach, chanceAsPlanned }
}

function plannedMetric(type: MetricType, baseline: number, sd: number | null): PlannedMetric | null {
  if (isShare(type)) return { kind: 'proportion', baseline }
  if (sd === null) return null
  return { kind: type === 'ratio' || type === 'quantile' ? type : 'mean', baseline, sd }
}
