import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useProjectKey } from '../../api/project.ts'
import type { MetricUses } from './metric-uses.ts'
import css from './metrics-page.module.css'

const words = { decides: 'Decides', guards: 'Guards', explains: 'Explains' } as const
const roles = ['decides', 'guards', 'explains'] as const

/** The hypotheses a metric decides, guards and explains. */
export function UsesCell({ uses }: { uses: MetricUses | undefined }) {
  const project = useProjectKey()
  if (uses === undefined) return <span className="muted">Not used yet</span>
  return (
    <ul className={css.uses}>
      {roles.filter((role) => uses[role].length > 0).map((role) => (
        <li key={role}>
          <span>{words[role]}</span>{' '}
          {uses[role].map((key, index) => (
            <Fragment key={key}>{index === 0 ? null : ', '}<Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: key }}>{key}</Link></Fragment>
          ))}
        </li>
      ))}
    </ul>
  )
}
