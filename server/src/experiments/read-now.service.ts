import { analyseExperiment } from '../analysis/analysis.service.ts'
import type { Deps } from '../deps.ts'

/** The newest numbers at a move. It is done whether they can be had now or not: the job comes back to them. */
export async function readNow(deps: Deps, experimentId: string): Promise<void> {
  await analyseExperiment(deps, experimentId).catch((error: unknown) => { deps.log.warn({ err: error, experimentId }, 'An experiment could not be analysed at a move') })
}
