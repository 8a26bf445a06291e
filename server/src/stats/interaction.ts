import { finite, noAnswer, type Answer } from './answer.ts'
import type { Sample } from './estimate.ts'
import { normalSurvival } from './normal.ts'

/** Units of two experiments by the arm they have in each: control or treatment of the first, then of the second. */
export interface InteractionCells {
  controlControl: Sample
  controlTreatment: Sample
  treatmentControl: Sample
  treatmentTreatment: Sample
}

export interface Interaction {
  /** How much the first experiment's effect differs under the second's treatment. */
  contrast: number
  se: number
  z: number
  p: number
  /** p below 0.001. */
  interacts: boolean
}

/** Whether two experiments that share units change each other's effect: the contrast of the four cells. From 1,000 shared units. */
export function interaction(cells: InteractionCells): Answer<Interaction> {
  const all = [cells.treatmentTreatment, cells.controlTreatment, cells.treatmentControl, cells.controlControl]
  if (all.some(({ n }) => !(n >= 0))) return noAnswer('invalid_input')
  if (all.some(({ n }) => n < 2) || all.reduce((sum, { n }) => sum + n, 0) < 1000) return noAnswer('too_few_units')
  const contrast = cells.treatmentTreatment.mean - cells.controlTreatment.mean - (cells.treatmentControl.mean - cells.controlControl.mean)
  const variance = all.reduce((sum, cell) => sum + cell.variance / cell.n, 0)
  if (variance === 0) return noAnswer('zero_variance')
  const se = Math.sqrt(variance)
  const p = 2 * normalSurvival(Math.abs(contrast / se))
  return finite({ contrast, se, z: contrast / se, p, interacts: p < 0.001 })
}
