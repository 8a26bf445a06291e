import type { ExposureIdentity } from '@assay/sdk/core'

const MOST = 100_000
const EXPIRES_MS = 3_600_000

/** Repeats of an exposure within an hour, of all environments: the 100,000 met last are remembered. */
export function createRecentExposures(now: () => number) {
  const until = new Map<string, number>()
  return {
    /** Whether an exposure is no repeat; it is one from then on. */
    isNew(environmentId: string, exposure: ExposureIdentity): boolean {
      const key = keyOf(environmentId, exposure)
      const expires = until.get(key)
      const isRepeat = expires !== undefined && expires > now()
      until.delete(key)
      until.set(key, isRepeat ? expires : now() + EXPIRES_MS)
      const [oldest] = until.size > MOST ? until.keys() : []
      if (oldest !== undefined) until.delete(oldest)
      return !isRepeat
    },
    /** An exposure that could not be kept is no repeat the next time. */
    forget(environmentId: string, exposure: ExposureIdentity): void {
      until.delete(keyOf(environmentId, exposure))
    },
  }
}

function keyOf(environmentId: string, { experiment, phase, unitType, unit, variant }: ExposureIdentity): string {
  return `${environmentId}\n${experiment}\n${phase}\n${unitType}\n${variant}\n${unit}`
}
