import type { ExperimentSetup } from '../contract/experiments.ts'
import { defaultTunedUnits } from '../stats/index.ts'

/** Units of all arms together for which always-valid intervals are narrowest. Without a size, that of control and the largest treatment is the default. */
export function tunedUnitsOf({ tunedUnits, plannedUnits, arms, control }: Pick<ExperimentSetup, 'tunedUnits' | 'plannedUnits' | 'arms' | 'control'>): number {
  if (tunedUnits !== undefined) return tunedUnits
  if (plannedUnits !== null) return plannedUnits
  const weights = arms.map(({ weight }) => weight)
  const pair = (arms.find(({ variant }) => variant === control)?.weight ?? 0) + Math.max(...arms.flatMap(({ variant, weight }) => (variant === control ? [] : [weight])))
  return Math.round((defaultTunedUnits * weights.reduce((sum, weight) => sum + weight, 0)) / pair)
}
