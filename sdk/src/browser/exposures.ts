import type { Context } from '../core/index.ts'
import type { EvaluatedFlag } from './browser-api.ts'
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

/** Records what reading a flag proves, the same once per page. False if something found no place: a later read records it. */
export function createExposures(add: (item: object) => boolean, privatePaths: readonly string[]) {
  const exposed = new Set<string>()
  return ({ key, variant, metadata = {} }: EvaluatedFlag, context: Context): boolean => {
    const { experiment, phase, unitType = '', exposures, version } = metadata as ExperimentMetadata
    const met = JSON.parse(exposures ?? '[]') as Met[]
    if (experiment) met.push({ experiment, phase: Number(phase), unitType, variant })
    return met
      .map((each) => {
        const unit = unitOf(context, each.unitType)
        const identity = JSON.stringify([each, unit])
        const isDone = !unit || exposed.has(identity) || add({ kind: 'exposure', ...each, unit, flag: key, revision: Number(version) || undefined, attributes: attributesOf(context, privatePaths) })
        if (isDone) exposed.add(identity)
        return isDone
      })
      .every(Boolean)
  }
}
