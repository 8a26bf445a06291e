import type { ExposureIdentity } from '../core/index.ts'

const MOST = 10_000
const EXPIRES_MS = 3_600_000

/** Suppresses repeats of an exposure for an hour: the 10,000 met last are remembered. */
export function createRecentlyExposed(now: () => number) {
  const until = new Map<string, number>()
  return {
    /** Whether an exposure is no repeat; it is one from then on. */
    isNew(exposure: ExposureIdentity): boolean {
      const key = keyOf(exposure)
      const expires = until.get(key)
      const isRepeat = expires !== undefined && expires > now()
      until.delete(key)
      until.set(key, isRepeat ? expires : now() + EXPIRES_MS)
      const [oldest] = until.size > MOST ? until.keys() : []
      if (oldest !== undefined) until.delete(oldest)
      return !isRepeat
    },
    /** An exposure that could not be kept is no repeat the next time. */
    forget(exposure: ExposureIdentity): void {
      until.delete(keyOf(exposure))
    },
  }
}

function keyOf({ experiment, phase, unitType, unit, variant }: ExposureIdentity): string {
  return `${experiment}\n${phase}\n${unitType}\n${variant}\n${unit}`
}
