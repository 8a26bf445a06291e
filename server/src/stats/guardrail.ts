import { finite, isAnswer, type Answer } from './answer.ts'
import type { Sample } from './estimate.ts'
import { nonInferiority } from './non-inferiority.ts'
import { tScale } from './student-t.ts'
import { welchTest } from './welch.ts'

/** One-sided level of all tests for harm together. */
export const harmAlphaTotal = 0.025
/** One-sided level of each test for non-inferiority: all must pass, so none is adjusted. */
export const nonInferiorityAlpha = 0.05

/** One-sided level of each guardrail's test for harm. */
export function harmAlpha(guardrails: number): number {
  return harmAlphaTotal / Math.max(1, guardrails)
}

export interface GuardrailQuestion {
  control: Sample
  treatment: Sample
  higherIsBetter: boolean
  /** Relative to control; null: the guardrail only must not be proven worse. */
  margin: number | null
  /** One-sided multipliers on the z scale, of the plan's mode, at `harmAlpha(G)` and at `nonInferiorityAlpha`. */
  harmCritical: number
  nonInferiorityCritical: number
}

export interface GuardrailAnswer {
  /** Upper limit of the effect, turned so that more is better: below 0 is proven harm. */
  harmLimit: number
  harm: boolean
  /** Lower limit of the contrast with the margin: above 0 the effect is within it. null without a margin. */
  withinLimit: number | null
  nonInferior: boolean
}

/** Whether a guardrail got worse, and whether it is shown not to be worse by its margin. Both may be open. */
export function readGuardrail(question: GuardrailQuestion): Answer<GuardrailAnswer> {
  const { control, treatment, higherIsBetter, margin } = question
  const test = welchTest(control, treatment)
  if (!isAnswer(test)) return test
  const sign = higherIsBetter ? 1 : -1
  const harmLimit = sign * test.diff + tScale(question.harmCritical, test.df) * test.se
  const harm = harmLimit < 0
  if (margin === null) return finite({ harmLimit, harm, withinLimit: null, nonInferior: !harm })
  const contrast = nonInferiority(control, treatment, margin, higherIsBetter)
  if (!isAnswer(contrast)) return contrast
  const withinLimit = contrast.estimate - tScale(question.nonInferiorityCritical, contrast.df) * contrast.se
  return finite({ harmLimit, harm, withinLimit, nonInferior: withinLimit > 0 })
}
