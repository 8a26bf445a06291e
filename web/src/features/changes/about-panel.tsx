import type { Change, Environment } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { plural } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './about-panel.module.css'

export function AboutPanel({ change, environment }: { change: Change; environment: Environment }) {
  const project = useProjectKey()
  const edits = change.revision - 1
  return (
    <Panel title="About this change">
      <dl className={css.facts}>
        <div><dt>Flag</dt><dd><Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: change.flag, tab: 'targeting' }} search={{ env: environment.key }}>{change.flagName}</Link></dd></div>
        <div><dt>Environment</dt><dd>{environment.name}</dd></div>
        <div><dt>Started from</dt><dd>Revision {change.basedOn}</dd></div>
        <div><dt>Edited</dt><dd>{edits === 0 ? 'Not since it was proposed' : plural(edits, 'time')}</dd></div>
        <div><dt>Last touched</dt><dd><Ago at={change.changedAt} /></dd></div>
      </dl>
    </Panel>
  )
}
