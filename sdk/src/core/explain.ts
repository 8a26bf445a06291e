import { BUCKETS, bucketOf } from './bucket.ts'
import type { CompiledRuleset } from './compile-ruleset.ts'
import { readableContext, unitOf } from './context.ts'
import type { Context, Evaluation } from './evaluation.ts'
import { describeFault } from './describe-fault.ts'
import { explainCondition, outcomeOf } from './explain-condition.ts'
import type { Explanation, ExplanationStep } from './explanation.ts'
import type { Met } from './exposed.ts'
import { described, unique } from './exposure.ts'
import { isHoldout } from './holdouts.ts'
import { malformed, missingUnit, notFound, served, unexpected } from './outcomes.ts'
import type { Flag, Prerequisite, Rule, Serve, Split } from './ruleset.ts'
import { admittedOf } from './split.ts'

/** What a walk carries along. */
interface Walk {
  compiled: CompiledRuleset
  context: Context
  met: Met[]
}

interface Decision {
  evaluation: Evaluation
  steps: ExplanationStep[]
}

/** What a rule or the fallthrough does: decide, pass on, or lack the unit it splits by. */
interface Attempt {
  evaluation?: Evaluation
  missesUnit?: true
  steps: ExplanationStep[]
}

/** The same decision as `evaluate`, found by reading the wire form step by step, with every step in words. Never throws. */
export function explain(compiled: CompiledRuleset, flagKey: string, context: Context): Explanation {
  const walk: Walk = { compiled, context: readableContext(context), met: [] }
  try {
    const { evaluation, steps } = explainFlag(flagKey, walk)
    return { evaluation, exposures: described(unique(walk.met), walk.context, () => true), steps }
  } catch {
    return { evaluation: unexpected(flagKey), exposures: [], steps: [] }
  }
}

function explainFlag(key: string, walk: Walk): Decision {
  const found = walk.compiled.parts.flag(key)
  if (!found) {
    const evaluation = notFound(key)
    return { evaluation, steps: [step('flag', evaluation.errorMessage ?? '', false)] }
  }
  const { flag, fault } = found
  if (fault) return { evaluation: malformed(key, fault), steps: [step('flag', `${key} cannot be used: ${describeFault(fault, flag)}.`, false)] }
  if (!flag.enabled) return off(flag, [step('flag', `${key} is off.`, false)])

  const steps = [step('flag', `${key} is on.`, true)]
  for (const prerequisite of flag.prerequisites ?? []) {
    const explained = explainPrerequisite(flag, prerequisite, walk)
    steps.push(explained)
    if (explained.outcome !== 'true') return off(flag, steps)
  }
  for (const [index, rule] of flag.rules.entries()) {
    const attempt = explainRule(flag, rule, walk)
    steps.push({ ...step('rule', ruleText(index, rule, attempt), attempt.evaluation !== undefined, attempt.steps), ruleId: rule.id })
    if (attempt.evaluation) return { evaluation: attempt.evaluation, steps }
  }
  const attempt = explainServe(flag, flag.fallthrough, undefined, false, walk)
  const what = flag.rules.length === 0 ? 'The flag has no rules' : 'No rule decides'
  if (attempt.evaluation) {
    return { evaluation: attempt.evaluation, steps: [...steps, step('fallthrough', `${what}: it serves ${attempt.evaluation.variant}.`, true, attempt.steps)] }
  }
  if (attempt.missesUnit && !('variant' in flag.fallthrough)) {
    return { evaluation: missingUnit(key, flag.fallthrough.unit), steps: [...steps, step('fallthrough', `${what}, and the context lacks the unit to split by.`, false, attempt.steps)] }
  }
  return off(flag, [...steps, step('fallthrough', `${what}, and the split does not admit the unit.`, false, attempt.steps)])
}

function off(flag: Flag, steps: ExplanationStep[]): Decision {
  const variant = flag.variants.find((each) => each.key === flag.offVariant)
  const evaluation: Evaluation = variant ? served(flag.key, variant, 'STATIC') : { flagKey: flag.key, reason: 'DISABLED' }
  const text = variant ? `It serves its off variant ${variant.key}.` : 'It serves no value: the caller’s default applies.'
  return { evaluation, steps: [...steps, step('flag', text, true)] }
}

function explainPrerequisite(flag: Flag, { flag: key, variants }: Prerequisite, walk: Walk): ExplanationStep {
  const { parts } = walk.compiled
  if (!parts.mayAsk(flag.key, key)) {
    const text = parts.flag(key) ? `${key} cannot be asked: the flags need each other in a circle, or the chain is too deep.` : `${key} does not exist.`
    return step('prerequisite', text, false)
  }
  const { evaluation, steps } = explainFlag(key, walk)
  const met = evaluation.variant !== undefined && variants.includes(evaluation.variant)
  return step('prerequisite', `${key} must be ${variants.join(' or ')}: it is ${evaluation.variant ?? 'without a value'}.`, met, steps)
}

function explainRule(flag: Flag, rule: Rule, walk: Walk): Attempt {
  if (rule.when !== undefined) {
    const condition = explainCondition(rule.when, walk.compiled, walk.context)
    if (condition.outcome !== 'true') return { steps: [condition] }
    const attempt = explainServe(flag, rule.serve, rule.id, rule.heldOut === true, walk)
    return { ...attempt, steps: [condition, ...attempt.steps] }
  }
  return explainServe(flag, rule.serve, rule.id, rule.heldOut === true, walk)
}

function ruleText(index: number, rule: Rule, { evaluation, steps }: Attempt): string {
  const name = `Rule ${index + 1}`
  if (evaluation) return `${name} decides: it serves ${evaluation.variant}.`
  const condition = rule.when === undefined ? undefined : steps[0]
  if (condition && condition.outcome !== 'true') return `${name} does not apply: its condition is ${condition.outcome}.`
  return `${name} applies but does not admit the unit.`
}

function explainServe(flag: Flag, serve: Serve, ruleId: string | undefined, heldOut: boolean, walk: Walk): Attempt {
  if ('variant' in serve) {
    const variant = flag.variants.find((each) => each.key === serve.variant)
    const holdouts = heldOut ? explainHoldouts(flag, walk) : { held: false, steps: [] }
    if (!variant || holdouts.held) return { steps: holdouts.steps }
    const reason = ruleId !== undefined ? 'TARGETING_MATCH' : flag.rules.length === 0 ? 'STATIC' : 'DEFAULT'
    return { evaluation: served(flag.key, variant, reason, ruleId), steps: holdouts.steps }
  }
  return explainSplit(flag, serve, ruleId, heldOut, walk)
}

function explainSplit(flag: Flag, split: Split, ruleId: string | undefined, heldOut: boolean, walk: Walk): Attempt {
  const unit = unitOf(walk.context, split.unit)
  if (unit === undefined) return { missesUnit: true, steps: [step('split', `The context has no unit of the type ${split.unit}.`, false)] }
  const steps: ExplanationStep[] = []
  if (split.layer) {
    const layer = explainLayer(split, split.layer, unit, walk.compiled)
    steps.push(layer)
    if (layer.outcome !== 'true') return { steps }
  }
  const { arm, text } = armOf(split, unit, walk.compiled)
  steps.push(step('split', text, arm !== undefined))
  const variant = flag.variants.find((each) => each.key === arm)
  if (!variant) return { steps }
  if (heldOut || split.experiment !== undefined) {
    const holdouts = explainHoldouts(flag, walk)
    steps.push(...holdouts.steps)
    if (holdouts.held) return { steps }
  }
  if (split.experiment !== undefined) {
    walk.met.push({ flag: flag.key, revision: flag.revision, experiment: split.experiment, phase: split.phase ?? 1, unitType: split.unit, unit, variant: variant.key })
  }
  return { evaluation: served(flag.key, variant, 'SPLIT', ruleId, split), steps }
}

function explainLayer(split: Split, { key, from, to }: NonNullable<Split['layer']>, unit: string, { parts }: CompiledRuleset): ExplanationStep {
  const layer = parts.layers.get(key)
  if (!layer) return step('layer', `There is no layer ${key}.`, false)
  if (layer.unit !== split.unit) return step('layer', `The layer ${key} is of ${layer.unit}, the split of ${split.unit}.`, false)
  const bucket = bucketOf(layer.salt, unit)
  return step('layer', `${unit} is in bucket ${bucket} of the layer ${key}; the split has ${from} to ${to}.`, bucket >= from && bucket < to)
}

/** The arm that admits a unit, and the arithmetic in words. */
function armOf(split: Split, unit: string, compiled: CompiledRuleset): { arm?: string; text: string } {
  const bucket = bucketFor(split, unit, compiled)
  if (typeof bucket === 'string') return { text: bucket }
  let start = 0
  for (const { variant, weight } of split.arms) {
    const admitted = start + admittedOf(weight, split.coverage)
    if (bucket >= start && bucket < start + weight) {
      return bucket < admitted
        ? { arm: variant, text: `${unit} is in bucket ${bucket}: ${variant} has ${start} to ${admitted}.` }
        : { text: `${unit} is in bucket ${bucket}, beyond the coverage of ${split.coverage / 1000}%: ${variant} has ${start} to ${admitted}.` }
    }
    start += weight
  }
  return { text: `${unit} is in bucket ${bucket}, which no arm has.` }
}

/** The bucket of a unit, or why it has none. */
function bucketFor({ salt, hash }: Split, unit: string, { parts }: CompiledRuleset): number | string {
  if (hash === 'murmur3') return bucketOf(salt, unit)
  const { hashes = {} } = parts.options
  const step = Object.hasOwn(hashes, hash.kind) ? hashes[hash.kind] : undefined
  const arms = hash.arms ?? hash
  const armStep = Object.hasOwn(hashes, arms.kind) ? hashes[arms.kind] : undefined
  if (!step || !armStep) return `The hash ${step ? arms.kind : hash.kind} is not installed: the split admits nobody.`
  const at = step(hash.seed, unit, hash.steps)
  if (!hash.admit.some(([from, to]) => at >= from && at < to)) return `${unit} is at step ${at} of ${hash.steps}, which is not admitted.`
  return Math.floor((armStep(arms.seed, unit, arms.steps) * BUCKETS) / arms.steps)
}

function explainHoldouts(flag: Flag, { compiled, context, met }: Walk): { held: boolean; steps: ExplanationStep[] } {
  const holdouts = (Array.isArray(compiled.ruleset.holdouts) ? compiled.ruleset.holdouts : []).filter(isHoldout)
  const steps: ExplanationStep[] = []
  let held = false
  for (const { key, unit: unitType, salt, from, to } of holdouts) {
    const unit = unitOf(context, unitType)
    if (unit === undefined) continue
    const bucket = bucketOf(salt, unit)
    const isHeld = bucket >= from && bucket < to
    if (isHeld) held = true
    met.push({ flag: flag.key, revision: flag.revision, experiment: `holdout:${key}`, phase: 1, unitType, unit, variant: isHeld ? 'held' : 'open' })
    steps.push(step('holdout', `${unit} is in bucket ${bucket} of the holdout ${key}, which holds ${from} to ${to}: it is ${isHeld ? 'held out' : 'not held out'}.`, isHeld))
  }
  return { held, steps }
}

function step(kind: ExplanationStep['kind'], text: string, truth: boolean, steps: readonly ExplanationStep[] = []): ExplanationStep {
  return { kind, text, outcome: outcomeOf(truth), steps }
}
