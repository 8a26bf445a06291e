import type { ReactNode } from 'react'
import css from './page.module.css'

interface Props {
  title: ReactNode
  /** One sentence under the title. */
  lead?: ReactNode
  /** Facts under the title: key, kind, people, dates. */
  meta?: ReactNode
  /** At most one primary button. */
  actions?: ReactNode
  /** Lists and boards are wider than details. */
  wide?: boolean
  children: ReactNode
}

/** Body of a page below `Top`. */
export function Page({ title, lead, meta, actions, wide = false, children }: Props) {
  return (
    <div className={wide ? `${css.page} ${css.wide}` : css.page} data-page>
      <div className={css.head}>
        <div className={css.titles}>
          <h1>{title}</h1>
          {lead === undefined ? null : <p>{lead}</p>}
          {meta === undefined ? null : <div className={css.meta}>{meta}</div>}
        </div>
        {actions === undefined ? null : <div className={css.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  )
}
