import { createHypothesesStore } from '../hypotheses/hypotheses.store.ts'
import type { Tx } from '../platform/postgres.ts'
import { createExperimentsStore, type ExperimentRecord } from './experiments.store.ts'
import { levelOf } from './transitions.ts'

/** Moves the hypothesis to the level that its experiments have reached: call it after the move is written. */
export async function settleLevel(tx: Tx, { hypothesisId }: ExperimentRecord): Promise<void> {
  await createHypothesesStore(tx).setLevel(hypothesisId, levelOf(await createExperimentsStore(tx).statusesOf(hypothesisId)))
}
