import type { Plan } from '../contract/experiments.ts'
import { boundariesForAlphas, defaultTunedUnits, readyForAlwaysValid, spentAlpha } from '../stats/index.ts'
import { planEnded } from './arm-verdict.ts'
import { counts, type Pair } from './pair.ts'

export interface LookNow {
  plan: Plan
  days: number
  /** Share of the planned information so far; null where nothing is planned. */
  informationFraction: number | null
  /**
   * Information fractions of the earlier looks of this phase at which a verdict was given, in order: a group-sequential boundary depends on them.
   * One a day is a look; many more cost alpha and time (100 looks: about a second and a half).
   */
  earlierLooks: readonly number[]
}

export interface CriticalValues {
  /** Boundary of the current group-sequential look at a one-sided level; null in the other modes. */
  boundary: ((alphaOneSided: number) => number) | null
  /** Units of one treatment and control together for which always-valid bounds are tuned. */
  tunedUnits: (arm: string) => number
}

/** How the plan spends alpha, in the words of the engine. */
export function spendingOf({ spending }: Pick<Plan, 'spending'>): 'obf' | 'power2' {
  return spending === 'quadratic' ? 'power2' : 'obf'
}

export function criticalValues({ plan, days, informationFraction, earlierLooks }: LookNow): CriticalValues {
  const tunedUnits = (arm: string) => tunedUnitsOf(plan, arm)
  if (plan.mode !== 'group_sequential' || informationFraction === null) return { boundary: null, tunedUnits }
  const ended = planEnded({ informationFraction, days, plannedDays: plan.plannedDays })
  const looks = mergeLooks([...earlierLooks, informationFraction])
  const known = new Map<number, number>()
  const boundary = (alpha: number): number => {
    const cached = known.get(alpha)
    if (cached !== undefined) return cached
    const spent = looks.map((t) => spentAlpha(t, alpha, spendingOf(plan)))
    // The last look of a plan that ends by the calendar spends what is left.
    if (ended && spent.length > 0) spent[spent.length - 1] = alpha
    const value = boundariesForAlphas(looks, spent).at(-1) ?? Infinity
    known.set(alpha, value)
    return value
  }
  return { boundary, tunedUnits }
}

/** A treatment's and control's part of the units that the plan is tuned for, or else planned for. */
function tunedUnitsOf(plan: Plan, arm: string): number {
  const units = plan.tunedUnits ?? plan.plannedUnits
  if (units === null) return defaultTunedUnits
  const weightOf = (variant: string) => plan.arms.find((other) => other.variant === variant)?.weight ?? 0
  const sum = plan.arms.reduce((total, { weight }) => total + weight, 0)
  return Math.max(2, (units * (weightOf(arm) + weightOf(plan.control))) / sum)
}

/** Looks that add less than 0.1 % of the information count as one, at the time of the first. */
export function mergeLooks(fractions: readonly number[]): number[] {
  const merged: number[] = []
  for (const t of fractions) if (t > 0 && t - (merged.at(-1) ?? 0) >= 0.001) merged.push(t)
  return merged
}

/** Large enough for bounds that hold at every look. People are counted as they are, not as they are adjusted. */
export function isReadyForAlwaysValid(pair: Pair): boolean {
  const { a, b, share } = pair.adjusted?.raw ?? pair
  return readyForAlwaysValid([a, b], share ? [counts(a), counts(b)] : [])
}
