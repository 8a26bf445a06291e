import { IconArchive, IconClock, IconEraser, IconSparkles, IconTrashX } from '@tabler/icons-react'
import { isDoneWith, isTemporary, type FlagKind, type LifecycleState } from '@assay/server/contract'
import type { Tone } from '../../ui/chip.tsx'

export const lifecycleStates: readonly LifecycleState[] = ['new', 'live', 'rolled_out', 'stale', 'archived']

export const lifecycleNames: Readonly<Record<LifecycleState, string>> = { new: 'New', live: 'Live', rolled_out: 'Fully rolled out', stale: 'Stale', archived: 'Archived' }

export const lifecycleIcons = { new: IconSparkles, live: IconClock, rolled_out: IconEraser, stale: IconTrashX, archived: IconArchive } as const

/** A flag that is done with asks for somebody to remove it. One that stays for good does not. */
export function lifecycleTone(state: LifecycleState, kind: FlagKind): Tone {
  if (state === 'live') return 'info'
  return isDoneWith(state) && isTemporary(kind) ? 'warn' : 'flat'
}

export function isLifecycleState(value: string | undefined): value is LifecycleState {
  return lifecycleStates.some((state) => state === value)
}
