import { useId, type ReactNode } from 'react'
import css from './panel.module.css'

interface Props {
  /** For links that lead here. */
  id?: string
  title?: ReactNode
  /** At the right of the title. */
  aside?: ReactNode
  /** False for tables and charts that reach the edges. */
  padded?: boolean
  children: ReactNode
}

export function Panel({ id: anchor, title, aside, padded = true, children }: Props) {
  const id = useId()
  return (
    <section className={css.panel} id={anchor} tabIndex={anchor === undefined ? undefined : -1} aria-labelledby={title === undefined ? undefined : id}>
      {title === undefined ? null : (
        <header>
          <h2 id={id}>{title}</h2>
          {aside === undefined ? null : <div className={css.aside}>{aside}</div>}
        </header>
      )}
      <div className={padded ? css.body : undefined}>{children}</div>
    </section>
  )
}
