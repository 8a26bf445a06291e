import { isRecord } from './attribute.ts'
import { decide } from './compile-flag.ts'
import type { CompiledRuleset } from './compile-ruleset.ts'
import { readableContext, unitOf } from './context.ts'
import type { Context, Evaluation } from './evaluation.ts'
import { attributesOf } from './context-attributes.ts'
import type { Exposure, ExposureIdentity, Met } from './exposed.ts'

const NONE: readonly Exposure[] = Object.freeze([])

/**
 * What an evaluation proves: the experiment of the flag itself, the experiments met while its prerequisites were
 * checked, and the holdouts asked on the way. Empty, and free, for a flag that touches no experiment.
 * `isNew` may refuse an exposure before its attributes are gathered, so that repeats stay cheap.
 */
export function exposures(compiled: CompiledRuleset, evaluation: Evaluation, context: Context, isNew: (exposure: ExposureIdentity) => boolean = () => true): readonly Exposure[] {
  const flag = compiled.parts.flag(evaluation.flagKey)
  if (!flag || flag.exposes === 'none' || !isRecord(context)) return NONE
  if (flag.exposes === 'own') {
    const { experiment, phase, unitType, variant } = evaluation
    if (experiment === undefined || phase === undefined || unitType === undefined || variant === undefined) return NONE
    const unit = unitOf(context, unitType)
    return unit === undefined ? NONE : described([{ flag: flag.flag.key, revision: flag.flag.revision, experiment, phase, unitType, unit, variant }], context, isNew)
  }
  const met: Met[] = []
  try {
    decide(flag, readableContext(context), met)
  } catch {
    return NONE
  }
  return described(unique(met), context, isNew)
}

/** The same exposure may be met twice on one way, such as a holdout at two rules. */
export function unique(met: readonly Met[]): Met[] {
  const seen = new Map(met.map((each) => [JSON.stringify([each.experiment, each.phase, each.unitType, each.unit, each.variant]), each]))
  return seen.size === met.length ? [...met] : [...seen.values()]
}

/** Exposures with the context's attributes, gathered once and only if any exposure is new. */
export function described(met: readonly Met[], context: Context, isNew: (exposure: ExposureIdentity) => boolean): readonly Exposure[] {
  const fresh = met.filter(isNew)
  if (fresh.length === 0) return NONE
  const attributes = attributesOf(context)
  return fresh.map(({ flag, experiment, phase, unitType, unit, variant, revision }) => ({ flag, experiment, phase, unitType, unit, variant, revision, attributes }))
}
