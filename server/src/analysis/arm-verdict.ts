import type { VerdictKind } from '../contract/analysis.ts'

/** An interval of the primary metric's effect, turned so that above 0 means better. Either end may be infinite. */
export interface EffectInterval {
  lower: number
  upper: number
}

export interface ArmVerdictInput {
  /** Chi-square and sequential p of the sample ratio; null where there is nothing to test. */
  srmP: number | null
  sequentialSrmP: number | null
  /** More than 1 % and at least 10 units met more than one arm. */
  multipleExposure: boolean
  days: number
  minDays: number
  plannedDays: number | null
  informationFraction: number | null
  mode: 'fixed' | 'always_valid' | 'group_sequential'
  /** The smallest effect worth having, on the scale of `primary`. */
  minimumEffect: number
  /** null: no usable estimate. */
  primary: EffectInterval | null
  guardrails: readonly { metric: string; nonInferior: boolean; harm: boolean }[]
}

export interface ArmReason {
  code: string
  metric?: string
}

export interface ArmVerdict {
  kind: VerdictKind
  final: boolean
  reasons: ArmReason[]
}

/** Blocks a verdict: the chance of such a split under the plan. */
export const srmBlock = 0.001
export const srmWarn = 0.01

/** Whether the plan's size or duration is reached, so that a fixed plan may be read and a group-sequential one spends its last alpha. */
export function planEnded(at: Pick<ArmVerdictInput, 'informationFraction' | 'days' | 'plannedDays'>): boolean {
  return (at.informationFraction !== null && at.informationFraction >= 1) || (at.plannedDays !== null && at.days >= at.plannedDays)
}

/**
 * The sealed rule for one treatment arm: invalid > harmful > confirmed > rejected > inconclusive. A pure function of health and intervals.
 *
 * Inequalities are strict: an interval that touches a limit decides nothing. `rejected` is earned by ruling out the promised effect, not by lack of
 * significance. Harm needs no minimum duration; a fixed plan is read once, at its end, except for guardrail harm, whose bound is always valid.
 */
export function decideArm(input: ArmVerdictInput): ArmVerdict {
  const { primary, guardrails, minimumEffect } = input
  const ended = planEnded(input)
  const say = (kind: VerdictKind, final: boolean, ...reasons: ArmReason[]): ArmVerdict => ({ kind, final, reasons })

  if (below(input.sequentialSrmP, srmBlock) || (ended && below(input.srmP, srmBlock))) return say('invalid', false, { code: 'srm' })
  if (input.multipleExposure) return say('invalid', false, { code: 'multiple_exposure' })
  if (primary === null) return say('inconclusive', false, { code: 'no_estimate' })

  const harms: ArmReason[] = guardrails.filter((guardrail) => guardrail.harm).map(({ metric }) => ({ code: 'guardrail_worse', metric }))
  if (primary.upper < 0 && (input.mode !== 'fixed' || ended)) harms.unshift({ code: 'primary_worse' })
  if (harms.length > 0) return say('harmful', true, ...harms)

  if (input.mode === 'fixed' && !ended) return say('inconclusive', false, { code: 'running' })
  if (input.days < input.minDays) return say('inconclusive', false, { code: 'min_duration' })

  const open = guardrails.filter((guardrail) => !guardrail.nonInferior)
  if (primary.lower > 0 && open.length === 0) {
    const size: ArmReason[] = primary.lower >= minimumEffect ? [{ code: 'at_least_mde' }] : primary.upper < minimumEffect ? [{ code: 'below_mde' }] : []
    return say('confirmed', true, { code: 'primary_improved' }, ...size)
  }
  if (primary.upper < minimumEffect) return say('rejected', true, { code: 'mde_ruled_out' })
  if (!ended) return say('inconclusive', false, { code: 'running' })
  if (primary.lower > 0) return say('inconclusive', true, ...open.map(({ metric }) => ({ code: 'guardrail_inconclusive', metric })))
  return say('inconclusive', true, { code: 'underpowered' })
}

function below(p: number | null, limit: number): boolean {
  return p !== null && p < limit
}
