import type { Cohort } from '@assay/server/contract'
import { IconBulb, IconFlag3, IconGitPullRequest, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../api/project.ts'
import { EnvTag } from '../../ui/env-tag.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './used-by-panel.module.css'

/** What asks for a cohort: flags by environment, open changes, hypotheses and other cohorts. */
export function UsedByPanel({ usedBy }: { usedBy: Cohort['usedBy'] }) {
  const project = useProject()
  return (
    <Panel title="Used by">
      {usedBy.length === 0 ? <p className="muted">Nothing yet. It may be deleted.</p> : (
        <ul className={css.uses}>
          {usedBy.map((use) => {
            const environment = project.environments.find(({ key }) => key === use.environment)
            return (
              <li key={`${use.kind} ${use.key} ${use.environment ?? ''}`}>
                {use.kind === 'flag' ? <IconFlag3 size={15} aria-hidden /> : use.kind === 'change' ? <IconGitPullRequest size={15} aria-hidden /> : use.kind === 'hypothesis' ? <IconBulb size={15} aria-hidden /> : <IconUsers size={15} aria-hidden />}
                {use.kind === 'flag'
                  ? <Link to="/p/$project/flags/$flag/$tab" params={{ project: project.key, flag: use.key, tab: 'targeting' }} search={{ env: use.environment }} className="mono">{use.key}</Link>
                  : use.kind === 'change'
                    ? <Link to="/p/$project/changes/$change" params={{ project: project.key, change: use.key }} className="mono">{use.key}</Link>
                  : use.kind === 'hypothesis'
                    ? <Link to="/p/$project/hypotheses/$hypothesis" params={{ project: project.key, hypothesis: use.key }} className="mono">{use.key}</Link>
                    : <Link to="/p/$project/cohorts/$cohort" params={{ project: project.key, cohort: use.key }} className="mono">{use.key}</Link>}
                {use.environment === undefined ? null : <EnvTag name={environment?.name ?? use.environment} production={environment?.production ?? false} />}
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
