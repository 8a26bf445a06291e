import type { CompiledRuleset } from './compile-ruleset.ts'
import type { Context, Evaluation } from './evaluation.ts'
import type { ExposureIdentity } from './exposed.ts'
import { exposures } from './exposure.ts'

/**
 * What a client that was given a decided flag needs to record the exposure itself, once the value is used: the experiment
 * that decided, and as JSON in `exposures` those met on the way, which are holdouts and the experiments of prerequisites.
 * The unit is in its own context. All values are texts, so that no client stumbles over a number it reads as another type.
 */
export function exposureMetadata(compiled: CompiledRuleset, evaluation: Evaluation, context: Context): Readonly<Record<string, string>> {
  const { experiment, phase, unitType } = evaluation
  const met: Omit<ExposureIdentity, 'unit'>[] = []
  exposures(compiled, evaluation, context, (exposure) => {
    if (exposure.experiment !== experiment) met.push({ experiment: exposure.experiment, phase: exposure.phase, unitType: exposure.unitType, variant: exposure.variant })
    return false
  })
  return {
    ...(experiment === undefined || phase === undefined || unitType === undefined ? {} : { experiment, phase: String(phase), unitType }),
    ...(met.length === 0 ? {} : { exposures: JSON.stringify(met) }),
  }
}
