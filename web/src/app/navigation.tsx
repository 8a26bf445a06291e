import { IconBulb, IconCalendarClock, IconChartDots, IconFlag3, IconFlask2, IconGauge, IconGitPullRequest, IconHistory, IconHome, IconInbox, IconListCheck, IconNotebook, IconPlayerPlay, IconReportAnalytics, IconStack2, IconUsersGroup } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ChangesWaiting } from './changes-waiting.tsx'
import { InboxWaiting } from './inbox-waiting.tsx'

interface NavigationItem {
  /** Below `/p/:project`. */
  path: string
  label: string
  icon: ReactNode
  /** At the right: how much waits there. */
  badge?: ReactNode
}

/** The founding split, said out loud: product owners decide what, engineers control how, on-call people keep it running. */
export const navigation: readonly { label?: string; items: readonly NavigationItem[] }[] = [
  { items: [{ path: '', label: 'Home', icon: <IconHome /> }, { path: '/inbox', label: 'Inbox', icon: <IconInbox />, badge: <InboxWaiting /> }, { path: '/tasks', label: 'Tasks', icon: <IconListCheck /> }] },
  {
    label: 'Decide what',
    items: [
      { path: '/hypotheses', label: 'Hypotheses', icon: <IconBulb /> },
      { path: '/experiments', label: 'Experiments', icon: <IconFlask2 /> },
      { path: '/cohorts', label: 'Cohorts', icon: <IconUsersGroup /> },
      { path: '/metrics', label: 'Metrics', icon: <IconChartDots /> },
      { path: '/learnings', label: 'Learnings', icon: <IconNotebook /> },
      { path: '/programme', label: 'Programme', icon: <IconReportAnalytics /> },
      { path: '/layers', label: 'Layers', icon: <IconStack2 /> },
    ],
  },
  {
    label: 'Control how',
    items: [
      { path: '/flags', label: 'Flags', icon: <IconFlag3 /> },
      { path: '/changes', label: 'Changes', icon: <IconGitPullRequest />, badge: <ChangesWaiting /> },
      { path: '/playground', label: 'Playground', icon: <IconPlayerPlay /> },
    ],
  },
  { label: 'Keep it running', items: [{ path: '/delivery', label: 'Delivery', icon: <IconGauge /> }, { path: '/audit', label: 'Audit log', icon: <IconHistory /> }, { path: '/exports', label: 'Scheduled exports', icon: <IconCalendarClock /> }] },
]
