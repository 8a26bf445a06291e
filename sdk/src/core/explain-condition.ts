import type { CompiledRuleset } from './compile-ruleset.ts'
import { readCondition } from './conditions.ts'
import { unitOf } from './context.ts'
import { describeLeaf } from './describe-leaf.ts'
import type { Context } from './evaluation.ts'
import type { ExplanationStep } from './explanation.ts'
import { compileLeaf } from './leaf.ts'
import type { Cohort, Condition } from './ruleset.ts'
import type { Truth } from './truth.ts'

/** A condition with its parts, each in words and with its truth. Unlike evaluation it looks at every part. */
export function explainCondition(condition: Condition, compiled: CompiledRuleset, context: Context): ExplanationStep {
  return explainPart(condition, { compiled, context, mayAsk: (key) => compiled.parts.cohorts.get(key) !== undefined }, 0)
}

interface Scope {
  compiled: CompiledRuleset
  context: Context
  mayAsk: (cohort: string) => boolean
}

function explainPart(raw: unknown, scope: Scope, depth: number): ExplanationStep {
  const read = readCondition(raw, depth)
  switch (read.kind) {
    case 'all': {
      const steps = read.parts.map((part) => explainPart(part, scope, depth + 1))
      return step('condition', steps.length === 0 ? 'Everybody.' : 'All of:', steps.some(is('false')) ? false : steps.some(is('unknown')) ? undefined : true, steps)
    }
    case 'any': {
      const steps = read.parts.map((part) => explainPart(part, scope, depth + 1))
      return step('condition', steps.length === 0 ? 'Nobody.' : 'Any of:', steps.some(is('true')) ? true : steps.some(is('unknown')) ? undefined : false, steps)
    }
    case 'not': {
      const part = explainPart(read.part, scope, depth + 1)
      return step('condition', 'Not:', part.outcome === 'unknown' ? undefined : part.outcome === 'false', [part])
    }
    case 'cohort':
      return explainCohort(read.key, scope)
    case 'leaf':
      return step('condition', describeLeaf(read.leaf, scope.context), compileLeaf(read.leaf, scope.compiled.parts.cohorts.patterns)(scope.context))
    case 'unknown':
      return step('condition', 'This version cannot read the condition.', undefined)
  }
}

function explainCohort(key: string, { compiled, context, mayAsk }: Scope): ExplanationStep {
  const { cohorts } = compiled.parts
  const cohort = cohorts.get(key)
  if (!cohort) return step('cohort', `There is no cohort ${key}.`, undefined)
  if (!mayAsk(key)) return step('cohort', `The cohort ${key} cannot be asked: cohorts contain each other in a circle, or too deeply.`, undefined)
  const nested: Scope = { compiled, context, mayAsk: (other) => cohorts.mayNest(key, other) }
  return explainMembership(cohort, nested)
}

function explainMembership({ key, unit: unitType, when, included = [], excluded = [] }: Cohort, scope: Scope): ExplanationStep {
  const unit = unitOf(scope.context, unitType)
  if (unit !== undefined && excluded.includes(unit)) return step('cohort', `${unit} is excluded from the cohort ${key}.`, false)
  if (unit !== undefined && included.includes(unit)) return step('cohort', `${unit} is listed in the cohort ${key}.`, true)
  const steps = when === undefined ? [] : [explainPart(when, scope, 0)]
  const byCondition = steps[0]?.outcome ?? 'false'
  // Without the unit, either list could still change the answer.
  const hidden = unit === undefined && ((included.length > 0 && byCondition !== 'true') || (excluded.length > 0 && (byCondition !== 'false' || included.length > 0)))
  const truth = hidden || byCondition === 'unknown' ? undefined : byCondition === 'true'
  const name = unit ?? `The context, which has no ${unitType},`
  const verb = truth === undefined ? 'may or may not be in' : truth ? 'is in' : 'is not in'
  return step('cohort', `${name} ${verb} the cohort ${key}.`, truth, steps)
}

function is(outcome: ExplanationStep['outcome']): (step: ExplanationStep) => boolean {
  return (step) => step.outcome === outcome
}

export function outcomeOf(truth: Truth): ExplanationStep['outcome'] {
  return truth === undefined ? 'unknown' : truth ? 'true' : 'false'
}

function step(kind: ExplanationStep['kind'], text: string, truth: Truth, steps: readonly ExplanationStep[] = []): ExplanationStep {
  return { kind, text, outcome: outcomeOf(truth), steps }
}
