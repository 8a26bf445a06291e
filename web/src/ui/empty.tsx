import type { ReactNode } from 'react'
import css from './empty.module.css'

interface Props {
  icon?: ReactNode
  title: string
  /** One sentence of what this is for. */
  children: ReactNode
  /** One button. */
  action?: ReactNode
}

export function Empty({ icon, title, children, action }: Props) {
  return (
    <div className={css.empty}>
      {icon}
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  )
}
