import type { Condition } from '@assay/sdk/core'
import { IconUsers } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { plural } from '../format.ts'
import css from './condition-view.module.css'
import { describeCondition, type Clause, type CohortName } from './describe-condition.ts'

interface Props {
  /** Undefined is everyone. */
  condition: Condition | undefined
  cohortName?: CohortName
}

/** A condition as a sentence of chips. */
export function ConditionView({ condition, cohortName }: Props) {
  if (condition === undefined) return <div className={css.conditions}><span className={css.word}>Everyone</span></div>
  return (
    <div className={css.conditions}>
      <span className={css.word}>If</span>
      <ClauseView clause={describeCondition(condition, cohortName)} outermost />
    </div>
  )
}

function ClauseView({ clause, outermost = false }: { clause: Clause; outermost?: boolean }) {
  switch (clause.kind) {
    case 'constant':
      return <span className={css.word}>{clause.words}</span>
    case 'raw':
      return <code className={css.raw}>{clause.json}</code>
    case 'test':
      return <Test clause={clause} />
    case 'group':
      return (
        <>
          {clause.negated ? <span className={css.word}>not</span> : null}
          {outermost && !clause.negated ? null : <span className={css.bracket}>(</span>}
          {clause.parts.map((part, index) => (
            <Fragment key={index}>
              {index === 0 ? null : <span className={css.word}>{clause.join}</span>}
              <ClauseView clause={part} />
            </Fragment>
          ))}
          {outermost && !clause.negated ? null : <span className={css.bracket}>)</span>}
        </>
      )
  }
}

const FEW = 3

function Test({ clause }: { clause: Extract<Clause, { kind: 'test' }> }) {
  const [all, setAll] = useState(false)
  const shown = all ? clause.values : clause.values.slice(0, FEW)
  const more = clause.values.length - shown.length
  return (
    <span className={css.test}>
      {clause.about === 'cohort' ? <IconUsers size={14} aria-hidden /> : <code>{clause.subject}</code>}
      <em>{clause.verb}</em>
      {shown.map((value, index) => <b key={index}>{value}</b>)}
      {more > 0 ? <button type="button" aria-label={`Show ${plural(more, 'more value')}`} onClick={() => { setAll(true) }}>+{more}</button> : null}
      {clause.remark === '' ? null : <em>{clause.remark}</em>}
    </span>
  )
}
