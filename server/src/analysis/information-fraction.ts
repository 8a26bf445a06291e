import type { Plan } from '../contract/experiments.ts'

/** Share of the planned information: analysed units of the primary metric over planned units; by the calendar where no size is planned; null where nothing is. */
export function informationFraction(plan: Pick<Plan, 'plannedUnits' | 'plannedDays'>, units: number, days: number): number | null {
  if (plan.plannedUnits !== null) return units / plan.plannedUnits
  return plan.plannedDays === null ? null : days / plan.plannedDays
}
