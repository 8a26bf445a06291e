import type { Metric } from '@assay/server/contract'
import { IconArrowDown, IconArrowUp, IconPencil } from '@tabler/icons-react'
import { usePermit } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { KeyTag } from '../../ui/key-tag.tsx'
import { windowWords } from '../../ui/metric-dialog/metric-form.ts'
import { typeWords } from '../../ui/metric-dialog/metric-words.ts'
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
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label="Metrics">
      <table className="table">
        <thead>
          <tr><th scope="col">Metric</th><th scope="col">Computed from</th><th scope="col">Better is</th><th scope="col">Window</th><th scope="col">Used by</th><th scope="col">Last change</th><th scope="col"><span className="sr">Actions</span></th></tr>
        </thead>
        <tbody>
          {metrics.map((metric) => (
            <tr key={metric.key}>
              <th scope="row" className={css.name}>
                <b>{metric.name}</b>
                <KeyTag>{metric.key}</KeyTag>
                {metric.description === '' ? null : <p>{metric.description}</p>}
              </th>
              <td className={css.from}>{typeWords[metric.type]}<small><code>{metric.event}</code>{metric.unitLabel === '' ? null : <> in {metric.unitLabel}</>}</small></td>
              <td className={css.nowrap}><span className={css.better}>{metric.direction === 'increase' ? <><IconArrowUp size={14} aria-hidden />Higher</> : <><IconArrowDown size={14} aria-hidden />Lower</>}</span></td>
              <td className={css.nowrap}>{windowWords(metric.windowHours)}</td>
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
