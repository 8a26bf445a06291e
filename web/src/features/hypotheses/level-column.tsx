import type { ReactNode } from 'react'
import { LevelGlyph } from '../../ui/level-glyph.tsx'
import css from './level-column.module.css'
import type { levels } from './levels.ts'

interface Props {
  level: (typeof levels)[number]
  count: number
  children: ReactNode
}

/** A level of the board with its cards. */
export function LevelColumn({ level: { level, name, verb }, count, children }: Props) {
  return (
    <section className={css.column} aria-labelledby={`level-${level}`}>
      <header style={{ '--level': `var(--lvl-${level})` } as React.CSSProperties}>
        <LevelGlyph level={level} size={30} />
        <div><h2 id={`level-${level}`}>{name}<span>{count}</span></h2><p>{verb}</p></div>
      </header>
      {count === 0 ? <p className={css.none}>None on this level.</p> : children}
    </section>
  )
}
