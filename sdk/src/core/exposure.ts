import type { CompiledRuleset } from './compile-ruleset.ts'
import type { Context, Evaluation } from './evaluation.ts'

/** A scalar attribute of the context as it is recorded with an exposure. */
export type ExposureAttribute = string | number | boolean

/** Proof that a unit met a variant of an experiment. The event queue adds `id` and `at`. */
export interface Exposure {
  readonly flag: string
  readonly experiment: string
  readonly phase: number
  readonly unitType: string
  readonly unit: string
  readonly variant: string
  readonly revision: number
  readonly attributes: { readonly [attribute: string]: ExposureAttribute }
}

/** What identifies an exposure among repeats, known before its attributes are gathered. */
export type ExposureIdentity = Pick<Exposure, 'experiment' | 'phase' | 'unitType' | 'unit' | 'variant'>

/**
 * What an evaluation proves: the experiment of the flag itself, the experiments met while its prerequisites were
 * checked, and the holdouts asked on the way. Empty, and free, for a flag that touches no experiment.
 * `isNew` may refuse an exposure before its attributes are gathered, so that repeats stay cheap.
 */
export function exposures(_compiled: CompiledRuleset, _evaluation: Evaluation, _context: Context, _isNew?: (exposure: ExposureIdentity) => boolean): readonly Exposure[] {
  throw new Error('not built yet')
}
