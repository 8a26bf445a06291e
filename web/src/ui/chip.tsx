import type { ReactNode } from 'react'
import css from './chip.module.css'

export type Tone = 'flat' | 'info' | 'win' | 'loss' | 'warn' | 'danger' | 'prod'

/** A word with a hue: never hue alone. */
export function Chip({ tone = 'flat', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return <span className={`${css.chip} ${css[tone]}`}>{icon}{children}</span>
}
