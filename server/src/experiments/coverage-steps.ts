import type { Plan } from '../contract/experiments.ts'
import { DAY_MS } from '../analysis/phase-days.ts'
import type { LoggedDeviation } from './effective-plan.ts'

export interface CoverageStep {
  at: Date
  coverage: number
}

/** Moves by which people take the coverage into their own hands, as they are called in the log. */
export const coverageMoves = { coverage: 'coverage', resumed: 'resumed' } as const

interface RunningPhase {
  plan: Pick<Plan, 'phase' | 'coverageSteps'>
  startedAt: Date
  /** Share that is admitted now. */
  coverage: number
  log: readonly LoggedDeviation[]
}

/**
 * Planned steps of the coverage that are still ahead or due. None once people have set it in this phase, also by resuming:
 * a schedule must not undo what somebody saw a reason for.
 */
export function pendingSteps({ plan, startedAt, coverage, log }: RunningPhase): CoverageStep[] {
  const inHand = log.some(({ phase, what }) => phase === plan.phase && (what === coverageMoves.coverage || what === coverageMoves.resumed))
  if (inHand) return []
  return (plan.coverageSteps ?? []).filter((step) => step.coverage > coverage).map((step) => ({ at: new Date(startedAt.getTime() + step.afterDays * DAY_MS), coverage: step.coverage }))
}

/** The share to admit now by the plan: of the newest step that is due; null where none is. */
export function dueCoverage(phase: RunningPhase, now: Date): number | null {
  return pendingSteps(phase).findLast(({ at }) => at <= now)?.coverage ?? null
}
