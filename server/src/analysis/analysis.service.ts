import type { Base } from '../base.ts'
import type { Analysis } from '../contract/analysis.ts'
import { AppError } from '../http/app-error.ts'

export type AnalysisDeps = Pick<Base, 'db' | 'events' | 'log' | 'now'>

/** Analyses the current phase of a started experiment and stores the snapshot. */
export async function analyseExperiment(_deps: AnalysisDeps, experimentId: string): Promise<Analysis> {
  throw new AppError('not_found', `There is no experiment ${experimentId}.`)
}
