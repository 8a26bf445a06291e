export interface PhaseTimes {
  startedAt: Date
  endedAt: Date | null
  now: Date
  firstExposureAt: Date | null
  lastExposureAt: Date | null
}

export const DAY_MS = 24 * 3_600_000

/**
 * Days that a phase has run: from its start, or from the first exposure where history was sent, to its end or now. A phase
 * that holds nothing but history from before its start ended with its last exposure.
 */
export function phaseDays({ startedAt, endedAt, now, firstExposureAt, lastExposureAt }: PhaseTimes): number {
  const start = Math.min(startedAt.getTime(), firstExposureAt?.getTime() ?? Infinity)
  const isHistory = lastExposureAt !== null && lastExposureAt < startedAt
  const end = isHistory ? lastExposureAt : (endedAt ?? now)
  return Math.max(0, end.getTime() - start) / DAY_MS
}

/** Calendar day in UTC, `2026-11-24`. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
