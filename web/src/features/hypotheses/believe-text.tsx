import { Fragment } from 'react'
import type { Piece } from './believe-sentence.ts'
import css from './believe-text.module.css'

/** The sentence of a hypothesis: what was filled in is underlined, gaps stay open. */
export function BelieveText({ pieces, size = 'lead' }: { pieces: readonly Piece[]; size?: 'lead' | 'body' }) {
  return (
    <p className={`${css.sentence} ${css[size]}`}>
      {pieces.map(({ kind, text }, index) => (
        <Fragment key={index}>
          {index === 0 ? null : text === 'because' ? ', ' : ' '}
          {kind === 'words' ? text : kind === 'filled' ? <b>{text}</b> : <i><span className="sr">still open: </span>{text}</i>}
        </Fragment>
      ))}
      .
    </p>
  )
}
