import type { ChangeStatus } from '@assay/server/contract'
import { IconCalendarClock, IconCheck, IconCircleCheck, IconEye, IconGitMerge, IconGitPullRequestClosed } from '@tabler/icons-react'

export const statusIcons: Readonly<Record<ChangeStatus, typeof IconEye>> = {
  open: IconEye,
  approved: IconCheck,
  scheduled: IconCalendarClock,
  applied: IconCircleCheck,
  rejected: IconGitPullRequestClosed,
  withdrawn: IconGitPullRequestClosed,
  conflicted: IconGitMerge,
}
