import type { ReactNode } from 'react'
import css from './danger-zone.module.css'

interface Props {
  id?: string
  title: string
  /** What is lost, and for whom. */
  what: ReactNode
  /** The button. */
  children: ReactNode
}

/** What takes something away, last on its page. */
export function DangerZone({ id, title, what, children }: Props) {
  return (
    <section className={css.zone} id={id} tabIndex={-1} aria-label={title}>
      <div className={css.text}>
        <h2>{title}</h2>
        <p>{what}</p>
      </div>
      {children}
    </section>
  )
}
