import { flagFault, type Fault } from './check-flag.ts'
import { allTrue, clausesOf, type Clause } from './clauses.ts'
import type { Cohorts } from './cohorts.ts'
import type { CompileOptions } from './compile-options.ts'
import { compileServe, type CompiledServe } from './compile-serve.ts'
import type { Context, Evaluation } from './evaluation.ts'
import type { Met } from './exposed.ts'
import type { AskHoldout } from './holdouts.ts'
import { mayMatch } from './may-match.ts'
import { deepFreeze, malformed, missingUnit, offOutcome } from './outcomes.ts'
import type { Flag, Layer } from './ruleset.ts'

export interface CompiledFlag {
  readonly flag: Flag
  /** What everybody gets, where nothing of the context matters. */
  readonly constant: Evaluation | undefined
  readonly prerequisites: CompiledPrerequisite | undefined
  readonly rules: CompiledRule | undefined
  readonly fallthrough: CompiledServe
  readonly off: Evaluation
  /** For a context that lacks the unit of the fallthrough. */
  readonly noUnit: Evaluation
  /** `none` never exposes anything, `own` at most the experiment of its evaluation, `more` also holdouts or prerequisites. */
  readonly exposes: 'none' | 'own' | 'more'
  readonly fault: Fault | undefined
}

export interface CompileParts {
  options: CompileOptions
  cohorts: Cohorts
  layers: ReadonlyMap<string, Layer>
  holdouts: readonly AskHoldout[]
  /** A prerequisite of a flag, undefined for one that may not be asked. */
  prerequisite: (from: string, to: string) => CompiledFlag | undefined
}

/** A link of the chain of prerequisites. */
interface CompiledPrerequisite {
  /** Undefined for a flag that may not be asked. */
  readonly flag: CompiledFlag | undefined
  readonly variants: ReadonlySet<string>
  readonly next: CompiledPrerequisite | undefined
}

/** A link of the chain of rules. */
interface CompiledRule extends CompiledServe {
  readonly clauses: Clause | undefined
  readonly next: CompiledRule | undefined
}

/** Decides for a readable context, and notes in `met` what is exposed on the way, if asked to. */
export function decide(flag: CompiledFlag, context: Context, met?: Met[]): Evaluation {
  if (flag.constant !== undefined) return flag.constant
  for (let wanted = flag.prerequisites; wanted !== undefined; wanted = wanted.next) {
    const variant = wanted.flag && decide(wanted.flag, context, met).variant
    if (variant === undefined || !wanted.variants.has(variant)) return flag.off
  }
  for (let rule = flag.rules; rule !== undefined; rule = rule.next) {
    if (!allTrue(rule.clauses, context)) continue
    const outcome = rule.outcome ?? rule.attempt(context, met)
    if (outcome) return outcome
  }
  const outcome = flag.fallthrough.outcome ?? flag.fallthrough.attempt(context, met)
  return outcome === null ? flag.noUnit : (outcome ?? flag.off)
}

export function compileFlag(flag: Flag, parts: CompileParts): CompiledFlag {
  const fault = flagFault(flag)
  if (fault) return failed(flag, fault)
  const variants = new Map(flag.variants.map((variant) => [variant.key, variant]))
  deepFreeze(flag.variants)
  const off = offOutcome(flag, variants)
  if (!flag.enabled) return constant(flag, off)

  const serveParts = { ...parts, flag, variants }
  const others = (flag.prerequisites ?? []).map((wanted) => ({ flag: parts.prerequisite(flag.key, wanted.flag), variants: new Set(wanted.variants) }))
  const lack = lackOf(flag, others, parts)
  if (lack) return failed(flag, lack)
  const prerequisites = others.reduceRight<CompiledPrerequisite | undefined>((next, other) => ({ ...other, next }), undefined)
  const rules = flag.rules.reduceRight<CompiledRule | undefined>((next, { id, when, serve, heldOut }) => {
    const { outcome, attempt } = compileServe(serve, { reason: 'TARGETING_MATCH', ruleId: id, heldOut: heldOut === true }, serveParts)
    return { clauses: when === undefined ? undefined : clausesOf(when, parts.cohorts), outcome, attempt, next }
  }, undefined)
  const fallthrough = compileServe(flag.fallthrough, { reason: flag.rules.length === 0 ? 'STATIC' : 'DEFAULT' }, serveParts)
  const noUnit = 'variant' in flag.fallthrough ? off : missingUnit(flag.key, flag.fallthrough.unit)
  const isConstant = !prerequisites && !rules
  const exposes = others.some(({ flag: other }) => other && other.exposes !== 'none') ? 'more' : exposesOf(flag, parts)
  return { flag, constant: isConstant ? fallthrough.outcome : undefined, prerequisites, rules, fallthrough, off, noUnit, exposes, fault: undefined }
}

/** What a flag exposes by itself, its prerequisites apart. */
function exposesOf({ rules, fallthrough }: Flag, { holdouts }: CompileParts): CompiledFlag['exposes'] {
  const hasExperiment = [...rules.map((rule) => rule.serve), fallthrough].some((serve) => !('variant' in serve) && serve.experiment !== undefined)
  if (holdouts.length > 0 && (hasExperiment || rules.some((rule) => rule.heldOut))) return 'more'
  return hasExperiment ? 'own' : 'none'
}

/** What a flag needs that the engine was not given. What the ruleset does not say is looked for: no flag decides as if its patterns were not there. */
function lackOf({ needs, rules }: Flag, others: readonly { flag: CompiledFlag | undefined }[], { options: { patterns }, cohorts }: CompileParts): Fault | undefined {
  const lacking: unknown[] = [needs ?? []].flat().filter((need: unknown) => need !== 'patterns' || !patterns)
  if (!patterns && rules.some(({ when }) => mayMatch(when, cohorts.get))) lacking.push('patterns')
  if (lacking.length > 0) return ['needs', `@assay/sdk/${String(lacking[0])}`.slice(0, 60)]
  return others.map(({ flag }) => flag?.fault).find((fault) => fault?.[0] === 'needs')
}

/** A flag that fails for everybody. */
export function failed(flag: Flag, fault: Fault): CompiledFlag {
  return constant(flag, malformed(flag.key, fault), fault)
}

/** A flag that decides the same for everybody. */
function constant(flag: Flag, outcome: Evaluation, fault?: Fault): CompiledFlag {
  return { flag, constant: outcome, prerequisites: undefined, rules: undefined, fallthrough: { outcome, attempt: () => outcome }, off: outcome, noUnit: outcome, exposes: 'none', fault }
}
