import type { Metric, MetricPlan } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Chip } from '../../ui/chip.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './metric-page.module.css'
import type { MetricUses } from './metric-uses.ts'
import { UsesCell } from './uses-cell.tsx'

const roles: Record<MetricPlan['role'], string> = { primary: 'decides', guardrail: 'guards', secondary: 'explains' }

/** Hypotheses that name it, and sealed plans with the revision that each holds. */
export function UsedPanel({ metric, uses, plans }: { metric: Metric; uses: MetricUses | undefined; plans: readonly MetricPlan[] }) {
  const project = useProjectKey()
  return (
    <Panel title="Where it is used">
      <div className={css.used}>
        <div><h3>Hypotheses</h3><UsesCell uses={uses} /></div>
        <div>
          <h3>Sealed plans</h3>
          {plans.length === 0 ? <p className="muted">None yet</p> : (
            <ul className={css.plans}>
              {plans.map(({ experiment, title, status, phase, role, revision }) => (
                <li key={`${experiment}-${phase}`}>
                  <span><Link to="/p/$project/experiments/$experiment" params={{ project, experiment }}>{experiment}</Link> {title}</span>
                  <small>{roles[role]}, {status}{phase > 1 ? `, phase ${phase}` : ''}</small>
                  {revision === metric.revision ? <Chip>This revision</Chip> : <Chip tone="warn">Revision {revision}</Chip>}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </Panel>
  )
}
