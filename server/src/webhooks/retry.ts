/** Waits after the first, second, ... attempt that did not come through: eight more attempts, spread over a day. */
const WAITS_MS = [5_000, 20_000, 80_000, 320_000, 1_280_000, 5_120_000, 20_480_000, 60_000_000]
/** A wait is up to so much shorter or longer, so that what failed together does not come back together. */
const JITTER = 0.2
const DAY_MS = 24 * 60 * 60_000
/** A webhook to which nothing has come through for so long is switched off. */
export const DEAD_DAYS = 5

/** When it is tried again after so many attempts; null where it is not. `random` is from 0 to 1. */
export function nextAttemptAt(tries: number, now: Date, random: number): Date | null {
  const wait = WAITS_MS[tries - 1]
  return wait === undefined ? null : new Date(now.getTime() + Math.round(wait * (1 + JITTER * (2 * random - 1))))
}

/** Whether a webhook that has failed since then is given up. */
export function isDead(failingSince: Date, now: Date): boolean {
  return now.getTime() - failingSince.getTime() >= DEAD_DAYS * DAY_MS
}
