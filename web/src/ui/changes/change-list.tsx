import type { ReactNode } from 'react'
import type { Naming } from '../serve/naming.ts'
import type { Change } from './change.ts'
import css from './change-list.module.css'
import { SideView } from './side-view.tsx'

/** Changes as words and bars: what was above what is. */
export function ChangeList({ changes, naming }: { changes: readonly Change[]; naming: Naming }) {
  return (
    <ul className={css.list}>
      {changes.map((change, index) => (
        <li key={index}>
          <div className={css.head}><b>{change.subject}</b>{change.name === undefined ? null : <span>{change.name}</span>}<em>{change.words}</em></div>
          {change.before ? <Row sign="−" label="Before" tone={css.removed}><SideView side={change.before} naming={naming} /></Row> : null}
          {change.after ? <Row sign="+" label="After" tone={css.added}><SideView side={change.after} naming={naming} /></Row> : null}
        </li>
      ))}
    </ul>
  )
}

function Row({ sign, label, tone, children }: { sign: string; label: string; tone: string | undefined; children: ReactNode }) {
  return (
    <div className={`${css.row} ${tone}`}>
      <span className="sr">{label}: </span>
      <i aria-hidden>{sign}</i>
      <div className={css.side}>{children}</div>
    </div>
  )
}
