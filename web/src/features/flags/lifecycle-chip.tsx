import { Tooltip } from '@mantine/core'
import type { FlagKind, FlagUsage } from '@assay/server/contract'
import { Chip } from '../../ui/chip.tsx'
import { lifecycleIcons, lifecycleNames, lifecycleTone } from './lifecycle.ts'

/** Where a flag is in its life; why is in the tooltip, and in words beside it where there is room. */
export function LifecycleChip({ kind, lifecycle: { state, reason } }: { kind: FlagKind; lifecycle: FlagUsage['lifecycle'] }) {
  const Icon = lifecycleIcons[state]
  return <Tooltip label={reason} disabled={reason === ''} multiline maw={320}><span><Chip tone={lifecycleTone(state, kind)} icon={<Icon size={13} aria-hidden />}>{lifecycleNames[state]}</Chip></span></Tooltip>
}
