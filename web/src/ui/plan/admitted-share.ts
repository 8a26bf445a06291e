import type { ExperimentSetup } from '@assay/server/contract'
import { shareOfLayer } from '../layer/layer-range.ts'

/** Share of the audience that takes part: of those in its part of a layer, as many as are let in. */
export function admittedShare({ coverage, layer }: { coverage: number; layer?: ExperimentSetup['layer'] }): number {
  return coverage * (layer ? shareOfLayer(layer) : 1)
}
