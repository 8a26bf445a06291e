import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import css from './notice.module.css'

interface Props {
  tone?: 'info' | 'warn' | 'danger'
  icon?: ReactNode
  /** Announced at once: for what has just gone wrong. */
  alert?: boolean
  children: ReactNode
}

/** Something to know before going on, in place. */
export function Notice({ tone = 'info', icon, alert = false, children }: Props) {
  return (
    <div className={`${css.notice} ${css[tone]}`} role={alert ? 'alert' : undefined}>
      {icon ?? (tone === 'info' ? <IconInfoCircle size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />)}
      <div>{children}</div>
    </div>
  )
}
