import { Link } from '@tanstack/react-router'
import type { Routes, RouteResponse } from '@assay/server/contract'
import { useProjectKey } from '../../api/project.ts'
import { Panel } from '../../ui/panel.tsx'
import { EvidenceMark } from '../../ui/verdict/evidence-mark.tsx'
import css from './learnings-rail.module.css'

const strengths = [
  { strength: 'strong', when: 'a final verdict, precise enough to tell the smallest effect worth having from none' },
  { strength: 'moderate', when: 'a final verdict' },
  { strength: 'weak', when: 'no rule had fired, or it could go either way' },
  { strength: 'none', when: 'no verdict, or data that are not sound' },
] as const

/** What does not fit together, and what the marks mean. */
export function LearningsRail({ contradictions }: { contradictions: RouteResponse<Routes['listLearnings']>['contradictions'] }) {
  const project = useProjectKey()
  return (
    <aside aria-label="About the library">
      <Panel title="What does not fit together">
        {contradictions.length === 0 ? <p className={css.quiet}>No two learnings on one metric point opposite ways.</p> : (
          <ul className={css.list}>
            {contradictions.map(({ experiments, sentence }) => (
              <li key={experiments.join(' ')}>
                <p>{sentence}</p>
                <p className={css.links}>{experiments.map((experiment) => <Link key={experiment} to="/p/$project/experiments/$experiment" params={{ project, experiment }}>{experiment}</Link>)}</p>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="How far to rely on it">
        <dl className={css.legend}>{strengths.map(({ strength, when }) => <div key={strength}><dt><EvidenceMark strength={strength} /></dt><dd>{when}</dd></div>)}</dl>
        <p className={css.foot}>A warning about the data, or a deviation from the plan, costs one step.</p>
      </Panel>
    </aside>
  )
}
