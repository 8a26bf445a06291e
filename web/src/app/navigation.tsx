import { IconBulb, IconChartDots, IconFlag3, IconFlask2, IconHistory, IconHome, IconUsersGroup } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface NavigationItem {
  /** Below `/p/:project`. */
  path: string
  label: string
  icon: ReactNode
}

/** The founding split, said out loud: product owners decide what, engineers control how, on-call people keep it running. */
export const navigation: readonly { label?: string; items: readonly NavigationItem[] }[] = [
  { items: [{ path: '', label: 'Home', icon: <IconHome /> }] },
  {
    label: 'Decide what',
    items: [
      { path: '/hypotheses', label: 'Hypotheses', icon: <IconBulb /> },
      { path: '/experiments', label: 'Experiments', icon: <IconFlask2 /> },
      { path: '/cohorts', label: 'Cohorts', icon: <IconUsersGroup /> },
      { path: '/metrics', label: 'Metrics', icon: <IconChartDots /> },
    ],
  },
  { label: 'Control how', items: [{ path: '/flags', label: 'Flags', icon: <IconFlag3 /> }] },
  { label: 'Keep it running', items: [{ path: '/audit', label: 'Audit log', icon: <IconHistory /> }] },
]
