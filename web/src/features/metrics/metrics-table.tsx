import type { Metric } from '@assay/server/contract'
import { IconArrowDown, IconArrowUp, IconPencil } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { usePermit, useProjectKey } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { KeyTag } from '../../ui/key-tag.tsx'
import { definitionWords, typeWords } from '../../ui/metric-dialog/metric-words.ts'
import { Worded } from '../../ui/metric-dialog/worded.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import type { MetricUses } from './metric-uses.ts'
import css from './metrics-page.module.css'
import { UsesCell } from './uses-cell.tsx'

interface Props {
  metrics: readonly Metric[]
  uses: ReadonlyMap<string, MetricUses>
  onEdit: (metric: Metric) => void
}

export function MetricsTable({ metrics, uses, onEdit }: Props) {
  const permit = usePermit('metric.write')
  const project = useProjectKey()
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label="Metrics">
      <table className="table">
        <thead>
          <tr><th scope="col">Metric</th><th scope="col">What it measures</th><th scope="col">Better is</th><th scope="col">Owner</th><th scope="col">Used by</th><th scope="col">Last change</th><th scope="col"><span className="sr">Actions</span></th></tr>
        </thead>
        <tbody>
          {metrics.map((metric) => (
            <tr key={metric.key}>
              <th scope="row" className={css.name}>
                <b><Link to="/p/$project/metrics/$metric" params={{ project, metric: metric.key }}>{metric.name}</Link></b>
                <KeyTag>{metric.key}</KeyTag>
                {metric.description === '' ? null : <p>{metric.description}</p>}
              </th>
              <td className={css.meaning}>{typeWords[metric.type]}<small><Worded words={definitionWords(metric)} /></small></td>
              <td className={css.nowrap}><span className={css.better}>{metric.direction === 'increase' ? <><IconArrowUp size={14} aria-hidden />Higher</> : <><IconArrowDown size={14} aria-hidden />Lower</>}</span></td>
              <td>{metric.owner ?? <span className="muted">Nobody yet</span>}</td>
              <td><UsesCell uses={uses.get(metric.key)} /></td>
              <td className={css.from}><Ago at={metric.changedAt} /><small>{metric.changedBy}, revision {metric.revision}</small></td>
              <td className="right"><PermittedButton permit={permit} variant="default" size="compact-sm" leftSection={<IconPencil size={13} />} aria-label={`Edit ${metric.name}`} onClick={() => { onEdit(metric) }}>Edit</PermittedButton></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
