import { flagFault } from './check-flag.ts'
import type { Cohorts } from './cohorts.ts'
import type { CompileOptions } from './compile-options.ts'
import { compileCondition } from './conditions.ts'
import { unitReader } from './context.ts'
import type { Context, Evaluation } from './evaluation.ts'
import type { Met } from './exposed.ts'
import type { AskHoldout } from './holdouts.ts'
import { deepFreeze, malformed, missingUnit, offOutcome, served, splitOutcome } from './outcomes.ts'
import type { Flag, Layer, Rule, Serve, Variant } from './ruleset.ts'
import { compileSplit } from './split.ts'

export interface CompiledFlag {
  readonly flag: Flag
  /** Decides for a context and notes in `met` what is exposed on the way, if asked to. */
  readonly decide: (context: Context, met?: Met[]) => Evaluation
  /** `none` never exposes anything, `own` at most the experiment of its evaluation, `more` also holdouts or prerequisites. */
  readonly exposes: 'none' | 'own' | 'more'
  readonly fault?: string
}

export interface CompileParts {
  options: CompileOptions
  cohorts: Cohorts
  layers: ReadonlyMap<string, Layer>
  holdouts: readonly AskHoldout[]
  /** A prerequisite of a flag, undefined for one that may not be asked. */
  prerequisite: (from: string, to: string) => CompiledFlag | undefined
}

/** Decides, passes (undefined), or lacks the unit (null). */
type Step = (context: Context, met: Met[] | undefined) => Evaluation | undefined | null

export function compileFlag(flag: Flag, parts: CompileParts): CompiledFlag {
  const fault = flagFault({ ...flag })
  if (fault !== undefined) {
    const error = malformed(flag.key, fault)
    return { flag, decide: () => error, exposes: 'none', fault }
  }
  const { key, rules } = flag
  const variants = new Map(flag.variants.map((variant) => [variant.key, variant]))
  deepFreeze(flag.variants)
  const off = offOutcome(flag, variants)
  if (!flag.enabled) return { flag, decide: () => off, exposes: 'none' }

  const prerequisites = (flag.prerequisites ?? []).map((wanted) => ({ flag: parts.prerequisite(key, wanted.flag), variants: new Set(wanted.variants) }))
  const steps = rules.map((rule) => compileRule(rule))
  const fallthrough = compileServe(flag.fallthrough, rules.length === 0 ? 'STATIC' : 'DEFAULT')
  const noUnit = 'variant' in flag.fallthrough ? off : missingUnit(key, flag.fallthrough.unit)

  function compileRule({ id, when, serve, heldOut }: Rule): Step {
    const step = compileServe(serve, 'TARGETING_MATCH', id, heldOut === true)
    if (when === undefined) return step
    const test = compileCondition(when, parts.cohorts.test)
    return (context, met) => (test(context) === true ? step(context, met) : undefined)
  }

  function compileServe(serve: Serve, reason: 'STATIC' | 'DEFAULT' | 'TARGETING_MATCH', ruleId?: string, heldOut = false): Step {
    if ('variant' in serve) {
      const outcome = served(key, variants.get(serve.variant) as Variant, reason, ruleId)
      return heldOut ? (context, met) => (isHeld(context, met) ? undefined : outcome) : () => outcome
    }
    const { experiment, phase = 1, unit: unitType } = serve
    const outcomes = serve.arms.map((arm) => splitOutcome(key, variants.get(arm.variant) as Variant, serve, ruleId))
    const pick = compileSplit(serve, parts.layers, parts.options)
    const read = unitReader(unitType)
    const asksHoldouts = heldOut || experiment !== undefined
    return (context, met) => {
      const unit = read(context)
      if (unit === undefined) return null
      const outcome = outcomes[pick(unit)]
      if (outcome === undefined || (asksHoldouts && isHeld(context, met))) return undefined
      if (met && experiment !== undefined) met.push({ flag: key, revision: flag.revision, experiment, phase, unitType, unit, variant: outcome.variant as string })
      return outcome
    }
  }

  /** Every holdout is asked, so that each learns of what it decides, though one is enough to hold a unit. */
  function isHeld(context: Context, met: Met[] | undefined): boolean {
    let held = false
    for (const ask of parts.holdouts) {
      const answer = ask(context)
      if (!answer) continue
      held ||= answer.held
      met?.push({ flag: key, revision: flag.revision, experiment: `holdout:${answer.holdout.key}`, phase: 1, unitType: answer.holdout.unit, unit: answer.unit, variant: answer.held ? 'held' : 'open' })
    }
    return held
  }

  function decide(context: Context, met?: Met[]): Evaluation {
    for (const { flag: other, variants: wanted } of prerequisites) {
      const variant = other?.decide(context, met).variant
      if (variant === undefined || !wanted.has(variant)) return off
    }
    for (const step of steps) {
      const outcome = step(context, met)
      if (outcome) return outcome
    }
    const outcome = fallthrough(context, met)
    return outcome === null ? noUnit : (outcome ?? off)
  }

  return { flag, decide, exposes: exposesOf() }

  function exposesOf(): CompiledFlag['exposes'] {
    if (prerequisites.some(({ flag: other }) => other && other.exposes !== 'none')) return 'more'
    const serves = [...rules.map((rule) => rule.serve), flag.fallthrough]
    const hasExperiment = serves.some((serve) => !('variant' in serve) && serve.experiment !== undefined)
    if (parts.holdouts.length > 0 && (hasExperiment || rules.some((rule) => rule.heldOut))) return 'more'
    return hasExperiment ? 'own' : 'none'
  }
}
