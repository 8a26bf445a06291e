import type { Reach } from './reach.ts'

/** The exposure that a flag is in: since when it reaches somebody, and whether it has reached everybody since. */
export interface Exposure {
  since: Date
  full: boolean
}

export interface ExposureStep {
  exposure: Exposure | null
  /** Whether everybody is reached with this step, for the first time in this exposure. */
  completes: boolean
}

/**
 * An exposure begins with the change that lets the flag reach somebody, and ends with the one after which it reaches nobody.
 * It is full from the first change on that lets it reach everybody: going back to a share and up again does not count twice.
 */
export function nextExposure(exposure: Exposure | null, step: { at: Date; reach: Reach }): ExposureStep {
  if (step.reach === 'nobody') return { exposure: null, completes: false }
  const since = exposure?.since ?? step.at
  const wasFull = exposure?.full ?? false
  const full = wasFull || step.reach === 'everybody'
  return { exposure: { since, full }, completes: full && !wasFull }
}
