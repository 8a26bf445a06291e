import type { ChangeStatus } from '@assay/server/contract'
import { IconCalendarClock, IconCheck, IconCircleCheck, IconEye, IconGitPullRequestClosed, IconGitMerge } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Chip } from '../../ui/chip.tsx'
import { statusWords } from './change-words.ts'

const icons: Record<ChangeStatus, ReactNode> = {
  open: <IconEye size={13} aria-hidden />,
  approved: <IconCheck size={13} aria-hidden />,
  scheduled: <IconCalendarClock size={13} aria-hidden />,
  applied: <IconCircleCheck size={13} aria-hidden />,
  rejected: <IconGitPullRequestClosed size={13} aria-hidden />,
  withdrawn: <IconGitPullRequestClosed size={13} aria-hidden />,
  conflicted: <IconGitMerge size={13} aria-hidden />,
}

export function ChangeStatusChip({ status }: { status: ChangeStatus }) {
  return <Chip tone={statusWords[status].tone} icon={icons[status]}>{statusWords[status].words}</Chip>
}
