import { DAY_MS } from '../analysis/phase-days.ts'
import type { ExperimentSetup, Plan } from '../contract/experiments.ts'
import type { CoverageStep } from './coverage-steps.ts'

interface NextPhase {
  /** The plan of the phase before, as it is read. */
  before: Plan
  arms: ExperimentSetup['arms']
  coverage: number
  /** Planned steps that the phase before had not reached. */
  steps: readonly CoverageStep[]
  salt: string
  startedAt: Date
  engineVersion: string
}

/** What a new phase seals: what stood in the phase before, with its arms, under a salt of its own. Nobody is taken along: it begins without data. */
export function nextPhase({ before, arms, coverage, steps, salt, startedAt, engineVersion }: NextPhase): Plan {
  const { coverageSteps: _steps, ...plan } = before
  const ahead = steps.map(({ at, coverage }) => ({ afterDays: Math.max(0, Math.ceil((at.getTime() - startedAt.getTime()) / DAY_MS)), coverage }))
  return { ...plan, phase: before.phase + 1, arms, coverage, ...(ahead.length === 0 ? {} : { coverageSteps: ahead }), salt, engineVersion }
}
