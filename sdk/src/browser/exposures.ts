import type { Context } from '../core/index.ts'
import type { EvaluatedFlag } from './evaluated-flag.ts'
import { attributesOf, unitOf } from './units.ts'

interface Met {
  experiment: string
  phase: number
  unitType: string
  variant: string | undefined
}

/** What Assay puts beside a value that proves something: all of it texts. */
interface ExperimentMetadata {
  experiment?: string
  phase?: string
  unitType?: string
  /** Holdouts and experiments of prerequisites, as JSON. */
  exposures?: string
  version?: string
}

/** Records what reading a flag proves, the same once per page. What found no place is recorded by a later read. */
export function createExposures(add: (item: object) => boolean, privatePaths: readonly string[]) {
  const exposed = new Set<string>()
  return ({ key, variant, metadata = {} }: EvaluatedFlag, context: Context): void => {
    const { experiment, phase, unitType = '', exposures, version } = metadata as ExperimentMetadata
    const met = JSON.parse(exposures ?? '[]') as Met[]
    if (experiment) met.push({ experiment, phase: Number(phase), unitType, variant })
    for (const each of met) {
      const unit = unitOf(context, each.unitType)
      const identity = JSON.stringify([each, unit])
      if (!unit || exposed.has(identity)) continue
      if (add({ kind: 'exposure', ...each, unit, flag: key, revision: Number(version) || undefined, attributes: attributesOf(context, privatePaths) })) exposed.add(identity)
    }
  }
}
