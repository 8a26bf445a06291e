import { Tooltip } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import css from './tile.module.css'

interface Props {
  label: string
  /** The number; null where there is none, and the sentence says why. */
  value: string | null
  /** Its interval or unit, beside it. */
  beside?: string
  /** What exactly is counted, where the sentence does not say it. */
  definition?: string
  /** Where the number lies in its interval, or how it came about, drawn. */
  children?: ReactNode
  sentence: string
}

/** One number that a page is about, with its interval and what it means. */
export function Tile({ label, value, beside, definition, children, sentence }: Props) {
  const id = useId()
  return (
    <section className={css.tile} aria-labelledby={id}>
      <div className={css.head}>
        <h2 id={id}>{label}</h2>
        {definition === undefined ? null : <Tooltip label={definition} multiline w={280} events={{ hover: true, focus: true, touch: true }}><button type="button" className={css.info} aria-label={`${label}: ${definition}`}><IconInfoCircle size={14} aria-hidden /></button></Tooltip>}
      </div>
      <p className={css.value}>{value === null ? <span className={css.none}>Not yet</span> : <>{value}{beside === undefined ? null : <small>{beside}</small>}</>}</p>
      {children}
      <p className={css.sentence}>{sentence}</p>
    </section>
  )
}
