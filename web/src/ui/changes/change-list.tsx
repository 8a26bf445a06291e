import type { ReactNode } from 'react'
import { ConditionView } from '../condition/condition-view.tsx'
import type { Naming } from '../serve/naming.ts'
import { ServeBar } from '../serve/serve-bar.tsx'
import type { Change, Side } from './change.ts'
import css from './change-list.module.css'

/** Changes as words and bars: what was above what is. */
export function ChangeList({ changes, naming }: { changes: readonly Change[]; naming: Naming }) {
  return (
    <ul className={css.list}>
      {changes.map((change, index) => (
        <li key={index}>
          <div className={css.head}><b>{change.subject}</b>{change.name === undefined ? null : <span>{change.name}</span>}<em>{change.words}</em></div>
          {change.before ? <Row sign="−" label="Before" tone={css.removed}>{sideOf(change.before, naming)}</Row> : null}
          {change.after ? <Row sign="+" label="After" tone={css.added}>{sideOf(change.after, naming)}</Row> : null}
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

function sideOf(side: Side, naming: Naming): ReactNode {
  switch (side.kind) {
    case 'text':
      return <span className={css.text}>{side.text}</span>
    case 'serve':
      return <ServeBar serve={side.serve} naming={naming} />
    case 'condition':
      return <ConditionView condition={side.condition} cohortName={naming.cohort} />
    case 'rule':
      return (
        <>
          <ConditionView condition={side.condition} cohortName={naming.cohort} />
          <ServeBar serve={side.serve} naming={naming} />
        </>
      )
  }
}
