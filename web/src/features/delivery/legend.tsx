import type { ReactNode } from 'react'
import css from './delivery.module.css'

/** What the marks of a chart stand for. */
export function Legend({ items }: { items: readonly { swatch: ReactNode; label: string }[] }) {
  return <ul className={css.legend}>{items.map(({ swatch, label }) => <li key={label}>{swatch}{label}</li>)}</ul>
}
