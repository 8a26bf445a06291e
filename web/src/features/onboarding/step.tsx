import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import css from './steps.module.css'

interface Props {
  number: number
  state: 'done' | 'current' | 'ahead'
  title: string
  children?: ReactNode
}

/** One of the steps: what is ahead is there to read, and is quiet. */
export function Step({ number, state, title, children }: Props) {
  return (
    <li className={`${css.step} ${css[state]}`} aria-current={state === 'current' ? 'step' : undefined}>
      <span className={css.number} aria-hidden>{state === 'done' ? <IconCheck size={15} /> : number}</span>
      <div className={css.body}><h2>{title}{state === 'done' ? <span className="sr">, done</span> : null}</h2>{children}</div>
    </li>
  )
}
