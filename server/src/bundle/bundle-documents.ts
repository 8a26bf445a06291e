import type { AnalyseInput } from '../analysis/analyse.ts'
import type { Observations } from '../analysis/observations.ts'
import type { Analysis } from '../contract/analysis.ts'
import type { RelativeDifference } from './differences.ts'

/** Raised when a bundle could no longer be read by the verifier of the version before. */
export const BUNDLE_FORMAT = 2

/** What no row of a bundle says. */
export interface BundleFacts {
  /** Of all exposures, also of units that were dropped as bots; null where nobody was exposed. */
  firstExposureAt: string | null
  /** A person's later exposures are in no row. */
  lastExposureAt: string | null
  /** Units that the plan's bot condition dropped, per arm; where the plan has one. */
  bots?: { arm: string; n: number }[]
}

/** `engine.json`: what made the numbers, and what they depend on beside the rows. */
export interface EngineDocument extends BundleFacts {
  format: 'assay.bundle'
  formatVersion: number
  engineVersion: string
  project: string
  experiment: string
  phase: number
  planHash: string
  startedAt: string
  endedAt: string | null
  /** The time that the numbers are of. */
  analysedAt: string
}

/** `looks.json`: when a group-sequential plan was read before, and at which information. */
export interface LooksDocument {
  looks: { at: string; information: number }[]
  /** What the newest of them said. Between two looks it stands; it came of fewer rows than are here. */
  lastVerdict: Analysis['verdict'] | null
}

/** `statistics.json`: `Observations` with times as text. */
export type StatisticsDocument = Omit<Observations, 'firstExposureAt' | 'lastExposureAt'> & { firstExposureAt: string | null; lastExposureAt: string | null }

/** `results.json` */
export interface ResultsDocument {
  /** From the rows of the bundle, by the engine: these digits can be computed again. */
  analysis: Analysis
  /** The analysis as it is stored, from the event store's own sums, and where it lies farthest from the one above. */
  stored: Analysis
  largestDifference: RelativeDifference | null
}

export function statisticsDocument({ firstExposureAt, lastExposureAt, ...rest }: Observations): StatisticsDocument {
  return { firstExposureAt: firstExposureAt?.toISOString() ?? null, lastExposureAt: lastExposureAt?.toISOString() ?? null, ...rest }
}

/** What `analyse` is given, from the documents of a bundle. */
export function analyseInput(plan: AnalyseInput['plan'], engine: EngineDocument, looks: LooksDocument, observations: Observations): AnalyseInput {
  return {
    plan,
    planHash: engine.planHash,
    startedAt: new Date(engine.startedAt),
    endedAt: engine.endedAt === null ? null : new Date(engine.endedAt),
    now: new Date(engine.analysedAt),
    observations,
    looks: looks.looks.map(({ at, information }) => ({ at: new Date(at), information })),
    lastLookVerdict: looks.lastVerdict,
  }
}
