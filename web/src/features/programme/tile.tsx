import { useId, type ReactNode } from 'react'
import css from './tile.module.css'

interface Props {
  label: string
  /** The number; null where there is none, and the sentence says why. */
  value: string | null
  /** Its interval or unit, beside it. */
  beside?: string
  /** Where the number lies in its interval, drawn. */
  children?: ReactNode
  sentence: string
}

/** One number of the programme with its interval and what it means. */
export function Tile({ label, value, beside, children, sentence }: Props) {
  const id = useId()
  return (
    <section className={css.tile} aria-labelledby={id}>
      <h2 id={id}>{label}</h2>
      <p className={css.value}>{value === null ? <span className={css.none}>Not yet</span> : <>{value}{beside === undefined ? null : <small>{beside}</small>}</>}</p>
      {children}
      <p className={css.sentence}>{sentence}</p>
    </section>
  )
}
