import type { Analysis, Verdict, VerdictKind } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { multipleExposure as tooManyCrossed } from '../stats/index.ts'
import { decideArm, srmWarn, type ArmVerdict } from './arm-verdict.ts'
import { decidingInterval } from './pair.ts'
import { verdictChecks } from './verdict-checks.ts'
import { verdictSentence } from './verdict-sentence.ts'

export interface VerdictInput {
  plan: Plan
  /** Health, estimates and readings as `readSrm` and `readMetrics` give them. */
  analysis: Omit<Analysis, 'verdict'>
}

type Reason = Verdict['reasons'][number]
type ArmOutcome = Verdict['arms'][number]

/** The sealed rule applied to an analysis: the verdict of every treatment arm, of the experiment, its reasons as data and in words. */
export function decideVerdict(input: VerdictInput): Verdict {
  const { plan, analysis } = input
  const treatments = plan.arms.map((arm) => arm.variant).filter((arm) => arm !== plan.control)
  const arms = treatments.map((arm): ArmOutcome => {
    const decided = decideArm(armInput(input, arm))
    return { arm, kind: decided.kind, final: decided.final, reasons: decided.reasons.map((reason) => withMissing(withArm(reason, arm, decided), analysis)) }
  })
  const outcome = combine(arms)
  const rule = { ...outcome, warnings: warnings(analysis, outcome.kind, arms), arms }
  return { ...rule, sentence: verdictSentence(plan, analysis, rule), checks: verdictChecks(plan, analysis) }
}

/** More than 1 % and at least 10 units that met more than one arm. They are left out of the arms' counts. */
export function multipleExposure(analysis: Pick<Analysis, 'arms' | 'crossedUnits'>): boolean {
  const all = analysis.arms.reduce((sum, arm) => sum + arm.n, 0) + analysis.crossedUnits
  return tooManyCrossed(analysis.crossedUnits, all)
}

function armInput({ plan, analysis }: VerdictInput, arm: string) {
  const primary = analysis.metrics.find((metric) => metric.role === 'primary')
  const comparison = primary?.comparisons.find((other) => other.arm === arm)
  return {
    srmP: analysis.srm.p,
    sequentialSrmP: analysis.srm.sequentialP,
    multipleExposure: multipleExposure(analysis),
    days: analysis.days,
    minDays: plan.minDays,
    plannedDays: plan.plannedDays,
    informationFraction: analysis.informationFraction,
    mode: plan.mode,
    minimumEffect: plan.minimumEffect,
    primary: primary && comparison ? decidingInterval(comparison, primary.direction) : null,
    guardrails: analysis.metrics
      .filter((metric) => metric.role === 'guardrail')
      .map((metric) => {
        const reading = metric.readings.find((other) => other.arm === arm)?.reading ?? 'no_answer'
        return { metric: metric.key, harm: reading === 'worse', nonInferior: reading === 'holds' || reading === 'worse_within_limit' }
      }),
  }
}

/** What is wrong with the whole experiment belongs to no arm. */
function withArm(reason: Reason, arm: string, decided: ArmVerdict): Reason {
  return decided.kind === 'invalid' ? reason : { ...reason, arm }
}

/** An underpowered arm says how many more people the minimum effect would need. */
function withMissing(reason: Reason, { power }: Pick<Analysis, 'power'>): Reason {
  const units = reason.code === 'underpowered' ? power?.find(({ arm }) => arm === reason.arm)?.unitsNeeded : null
  return units == null ? reason : { ...reason, units }
}

function combine(arms: readonly ArmOutcome[]): { kind: VerdictKind; final: boolean; reasons: Reason[] } {
  const invalid = arms.find((arm) => arm.kind === 'invalid')
  if (invalid) return { kind: 'invalid', final: false, reasons: invalid.reasons }
  const of = (kind: VerdictKind) => arms.filter((arm) => arm.kind === kind)
  const reasonsOf = (some: readonly ArmOutcome[]) => some.flatMap((arm) => arm.reasons)
  const confirmed = of('confirmed')
  if (confirmed.length > 0) return { kind: 'confirmed', final: true, reasons: reasonsOf(confirmed) }
  const open = arms.filter((arm) => !arm.final)
  if (open.length > 0) return { kind: 'inconclusive', final: false, reasons: reasonsOf(open) }
  const harmful = of('harmful')
  if (harmful.length > 0) return { kind: 'harmful', final: true, reasons: reasonsOf(harmful) }
  if (arms.length > 0 && of('rejected').length === arms.length) return { kind: 'rejected', final: true, reasons: reasonsOf(arms) }
  return { kind: 'inconclusive', final: arms.length > 0, reasons: reasonsOf(of('inconclusive')) }
}

/** What became of the adjustment stands with the comparison and among the findings. */
function ofAdjustment(flag: string): boolean {
  return flag.startsWith('not_adjusted') || flag.startsWith('reduction_') || flag === 'pre_exposure_imbalance'
}

/** Findings that do not block. A harmful arm beside others that go on is one: it may be stopped alone. */
function warnings(analysis: Omit<Analysis, 'verdict'>, kind: VerdictKind, arms: readonly ArmOutcome[]): Reason[] {
  const { p, sequentialP } = analysis.srm
  const found: Reason[] = []
  if (kind !== 'invalid' && ((p !== null && p < srmWarn) || (sequentialP !== null && sequentialP < srmWarn))) found.push({ code: 'srm_warning' })
  if (analysis.crossedUnits > 0 && !multipleExposure(analysis)) found.push({ code: 'crossed_units' })
  if (kind !== 'harmful' && kind !== 'invalid') found.push(...arms.filter((arm) => arm.kind === 'harmful').map(({ arm }) => ({ code: 'arm_harmful', arm })))
  const primary = analysis.metrics.find((metric) => metric.role === 'primary')
  for (const { arm, flags } of primary?.comparisons ?? []) for (const flag of flags.filter((known) => !ofAdjustment(known))) found.push({ code: flag, arm, metric: (primary as { key: string }).key })
  return found
}
