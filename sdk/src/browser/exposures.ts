import type { Context } from '../core/index.ts'
import type { EvaluatedFlag } from './browser-api.ts'
import { attributesOf, unitOf } from './units.ts'

interface Met {
  experiment: string
  phase: number
  unitType: string
  variant: string
}

/**
 * Records what reading a flag proves: its own experiment, and the holdouts and experiments met on the way to its value.
 * The same once per page. False if something found no place, and is to be recorded by a later read.
 */
export function createExposures(add: (item: object) => boolean, privatePaths: readonly string[]) {
  const exposed = new Set<string>()
  return ({ key, variant, metadata = {} }: EvaluatedFlag, context: Context): boolean => {
    const { experiment, phase, unitType, exposures, version } = metadata
    const met = JSON.parse(String(exposures ?? '[]')) as Met[]
    if (experiment && variant !== undefined) met.push({ experiment: String(experiment), phase: Number(phase), unitType: String(unitType), variant })
    return met
      .map((each) => {
        const unit = unitOf(context, each.unitType)
        const identity = JSON.stringify([each, unit])
        if (unit === undefined || exposed.has(identity)) return true
        const isAdded = add({ kind: 'exposure', ...each, unit, flag: key, ...(version ? { revision: Number(version) } : {}), attributes: attributesOf(context, privatePaths) })
        if (isAdded) exposed.add(identity)
        return isAdded
      })
      .every(Boolean)
  }
}
