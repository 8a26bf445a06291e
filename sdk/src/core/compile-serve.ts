import type { CompileOptions } from './compile-options.ts'
import { unitReader } from './context.ts'
import type { Context, Evaluation } from './evaluation.ts'
import type { Met } from './exposed.ts'
import type { AskHoldout } from './holdouts.ts'
import { served } from './outcomes.ts'
import type { Flag, Layer, Serve, Split, Variant } from './ruleset.ts'
import { compileSplit } from './split.ts'

/** What serves: one prepared outcome, or else an attempt that decides, passes (undefined) or lacks the unit (null). */
export interface CompiledServe {
  readonly outcome: Evaluation | undefined
  readonly attempt: (context: Context, met: Met[] | undefined) => Evaluation | undefined | null
}

export interface ServeParts {
  flag: Flag
  variants: ReadonlyMap<string, Variant>
  options: CompileOptions
  layers: ReadonlyMap<string, Layer>
  holdouts: readonly AskHoldout[]
}

/** Where a serve stands: in a rule, or as the fallthrough of a flag. */
export interface Place {
  reason: 'STATIC' | 'DEFAULT' | 'TARGETING_MATCH'
  ruleId?: string
  heldOut?: boolean
}

const pass = (): undefined => undefined

export function compileServe(serve: Serve, place: Place, parts: ServeParts): CompiledServe {
  if (!('variant' in serve)) return { outcome: undefined, attempt: attemptOf(serve, place, parts) }
  const { flag, variants, holdouts } = parts
  const outcome = served(flag.key, variants.get(serve.variant) as Variant, place.reason, place.ruleId)
  if (!place.heldOut) return { outcome, attempt: pass }
  return { outcome: undefined, attempt: (context, met) => (isHeld(flag, holdouts, context, met) ? undefined : outcome) }
}

function attemptOf(split: Split, { ruleId, heldOut }: Place, { flag, variants, ...parts }: ServeParts): CompiledServe['attempt'] {
  const { experiment, phase = 1, unit: unitType } = split
  const { holdouts } = parts
  const { key, revision } = flag
  const outcomes = split.arms.map((arm) => served(key, variants.get(arm.variant) as Variant, 'SPLIT', ruleId, split))
  const pick = compileSplit(split, parts.layers, parts.options)
  const read = unitReader(unitType)
  const asksHoldouts = heldOut === true || experiment !== undefined
  return attempt

  function attempt(context: Context, met: Met[] | undefined): Evaluation | undefined | null {
    const unit = read(context)
    if (unit === undefined) return null
    const arm = pick(unit)
    const outcome = arm < 0 ? undefined : outcomes[arm]
    if (outcome === undefined || (asksHoldouts && isHeld(flag, holdouts, context, met))) return undefined
    if (met && experiment !== undefined) met.push({ flag: key, revision, experiment, phase, unitType, unit, variant: outcome.variant as string })
    return outcome
  }
}

/** Every holdout is asked, so that each learns of what it decides, though one is enough to hold a unit. */
function isHeld(flag: Flag, holdouts: readonly AskHoldout[], context: Context, met: Met[] | undefined): boolean {
  let held = false
  for (const ask of holdouts) {
    const answer = ask(context)
    if (!answer) continue
    held ||= answer.held
    met?.push({ flag: flag.key, revision: flag.revision, experiment: `holdout:${answer.holdout.key}`, phase: 1, unitType: answer.holdout.unit, unit: answer.unit, variant: answer.held ? 'held' : 'open' })
  }
  return held
}
