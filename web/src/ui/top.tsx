import { Link } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'
import css from './top.module.css'

export interface Crumb {
  label: string
  /** Path of the page; left out for the page itself. */
  to?: string
}

/** The bar above every page: where it is, and actions on the right. Also names the browser tab. */
export function Top({ crumbs, children }: { crumbs: readonly Crumb[]; children?: ReactNode }) {
  const title = crumbs.at(-1)?.label
  useEffect(() => { document.title = title === undefined ? 'Assay' : `${title} · Assay` }, [title])
  return (
    <header className={css.top}>
      <nav aria-label="Breadcrumb">
        <ol className={css.crumbs}>
          {crumbs.map(({ label, to }) => (
            <li key={label}>{to === undefined ? <span aria-current="page">{label}</span> : <Link to={to}>{label}</Link>}</li>
          ))}
        </ol>
      </nav>
      <div className={css.actions}>{children}</div>
    </header>
  )
}
