import { compileRuleset, evaluate, explain, type Context, type Evaluation, type ExplanationStep, type Ruleset } from '@assay/sdk/core'
import { patterns } from '@assay/sdk/patterns'
import type { PlaygroundResult, PlaygroundStep } from '../contract/playground.ts'

/** What a context gets of one flag, and why; null where the ruleset has no such flag. */
export function playFlag(ruleset: Ruleset, flag: string, context: Context): PlaygroundResult | null {
  if (!ruleset.flags.some(({ key }) => key === flag)) return null
  const { evaluation, steps } = explain(compileRuleset(ruleset, { patterns }), flag, context)
  return toResult(evaluation, steps.map(toStep))
}

/** What a context gets of every flag. */
export function playAll(ruleset: Ruleset, context: Context): PlaygroundResult[] {
  const compiled = compileRuleset(ruleset, { patterns })
  return ruleset.flags.map(({ key }) => toResult(evaluate(compiled, key, context), null))
}

function toResult(evaluation: Evaluation, steps: PlaygroundStep[] | null): PlaygroundResult {
  const { flagKey, value, variant, reason, errorCode, errorMessage, ruleId, experiment, phase } = evaluation
  return {
    flag: flagKey,
    ...(value === undefined ? {} : { value }),
    variant: variant ?? null,
    reason,
    errorCode: errorCode ?? null,
    errorMessage: errorMessage ?? null,
    ruleId: ruleId ?? null,
    experiment: experiment ?? null,
    phase: phase ?? null,
    steps,
  }
}

function toStep({ kind, text, outcome, ruleId, steps }: ExplanationStep): PlaygroundStep {
  return { kind, text, outcome, ...(ruleId === undefined ? {} : { ruleId }), steps: steps.map(toStep) }
}
