import type { Analysis, Verdict } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import type { EvidenceStrength } from '../contract/learnings.ts'
import { decidingArm, primaryEffect } from './primary-effect.ts'

/** Warnings that say nothing about how sound the numbers are. */
const HARMLESS = ['between_looks', 'crossed_units', 'arm_harmful']

const order: readonly EvidenceStrength[] = ['none', 'weak', 'moderate', 'strong']

export interface Evidence {
  /** The verdict that the experiment is known by. */
  verdict: Verdict | null
  analysis: Analysis | null
  plan: Pick<Plan, 'minimumEffect' | 'control'>
  /** How much of what was registered was changed while it ran. */
  deviations: number
}

/**
 * How far what was found may be relied on. docs/learnings.md has the rule.
 *
 * `none`: no verdict, unsound data or no estimate. `weak`: no stopping rule had fired, or it was inconclusive. `moderate`: a final answer. `strong`: a final
 * answer precise enough to tell the smallest effect worth having from none: half the interval is no wider than it. A warning about the
 * health of the data or a deviation from the plan each cost one step, down to weak.
 */
export function evidenceStrength({ verdict, analysis, plan, deviations }: Evidence): EvidenceStrength {
  const effect = analysis === null || verdict === null ? null : primaryEffect(analysis, decidingArm(verdict, plan.control))
  if (verdict === null || verdict.kind === 'invalid' || effect === null) return 'none'
  if (!verdict.final || verdict.kind === 'inconclusive') return 'weak'
  const half = effect.lower === null || effect.upper === null ? Infinity : (effect.upper - effect.lower) / 2
  const base = half <= plan.minimumEffect ? 3 : 2
  const doubts = (verdict.warnings.some(({ code }) => !HARMLESS.includes(code)) ? 1 : 0) + (deviations > 0 ? 1 : 0)
  return order[Math.max(1, base - doubts)] ?? 'weak'
}
