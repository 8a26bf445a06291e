import type { ChangeStatus } from '@assay/server/contract'
import { Chip } from '../../ui/chip.tsx'
import { statusWords } from './change-words.ts'
import { statusIcons } from './status-icons.ts'

export function ChangeStatusChip({ status }: { status: ChangeStatus }) {
  const Icon = statusIcons[status]
  return <Chip tone={statusWords[status].tone} icon={<Icon size={13} aria-hidden />}>{statusWords[status].words}</Chip>
}
