import type { FlagKind, FlagSummary, FlagUsage, LifecycleState } from './flags.ts'

export function isTemporary(kind: FlagKind): boolean {
  return kind === 'release' || kind === 'experiment'
}

export function isDoneWith(state: LifecycleState): boolean {
  return state === 'rolled_out' || state === 'stale'
}

const NEAR_DAYS = 14
const DAY_MS = 86_400_000

export interface Removal {
  due: 'past' | 'near' | 'later'
  /** Day by which the flag should be gone, `2027-03-31`. */
  day: string
}

/** How near the day is by which the flag should be gone; null where nobody has said one. */
export function removalOf(expectedRemoval: string | null, now: Date): Removal | null {
  if (expectedRemoval === null) return null
  const days = (Date.parse(`${expectedRemoval}T23:59:59Z`) - now.getTime()) / DAY_MS
  return { day: expectedRemoval, due: days < 0 ? 'past' : days <= NEAR_DAYS ? 'near' : 'later' }
}

/** Whether somebody should take the flag out of the code: it does nothing any more, or its day has come. */
export function needsCleanUp(flag: Pick<FlagSummary, 'kind' | 'expectedRemoval'>, lifecycle: FlagUsage['lifecycle'] | undefined, now: Date): boolean {
  return (isTemporary(flag.kind) && lifecycle !== undefined && isDoneWith(lifecycle.state)) || removalOf(flag.expectedRemoval, now)?.due === 'past'
}
