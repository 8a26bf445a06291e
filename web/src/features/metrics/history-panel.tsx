import type { MetricRevision } from '@assay/server/contract'
import { Select } from '@mantine/core'
import { useState } from 'react'
import { Ago } from '../../ui/ago.tsx'
import { plural } from '../../ui/format.ts'
import { metricChanges } from '../../ui/metric-dialog/metric-fields.ts'
import { Panel } from '../../ui/panel.tsx'
import { MetricDiff } from './metric-diff.tsx'
import css from './metric-page.module.css'

/** Every definition it has had. Any two can be held beside each other. */
export function HistoryPanel({ revisions }: { revisions: readonly MetricRevision[] }) {
  const newest = revisions[0]?.metric.revision ?? 1
  const [from, setFrom] = useState(Math.max(1, newest - 1))
  const [to, setTo] = useState(newest)
  const at = (revision: number) => revisions.find(({ metric }) => metric.revision === revision)?.metric
  const [was, now] = [at(from), at(to)]
  const options = revisions.map(({ metric }) => ({ value: String(metric.revision), label: `Revision ${metric.revision}` }))
  return (
    <Panel title="History" aside={<span className="muted">{plural(revisions.length, 'revision')}</span>}>
      {revisions.length < 2 ? null : (
        <div className={css.compare}>
          <Select size="xs" aria-label="Compare from" allowDeselect={false} data={options} value={String(from)} onChange={(value) => { setFrom(Number(value)) }} />
          <span className="muted">to</span>
          <Select size="xs" aria-label="Compare to" allowDeselect={false} data={options} value={String(to)} onChange={(value) => { setTo(Number(value)) }} />
        </div>
      )}
      {revisions.length < 2 || !was || !now ? null : <MetricDiff changes={metricChanges(was, now)} />}
      <ol className={css.revisions}>
        {revisions.map(({ metric, reason }) => {
          const before = at(metric.revision - 1)
          const labels = before ? metricChanges(before, metric).filter(({ field }) => field !== 'meaning').map(({ label }) => label.toLowerCase()) : []
          return (
            <li key={metric.revision}>
              <b>Revision {metric.revision}</b>
              <span>{before === undefined ? 'Written down' : labels.length === 0 ? 'Saved without a change' : `Changed ${labels.join(', ')}`}</span>
              <small>{metric.changedBy}, <Ago at={metric.changedAt} /></small>
              {reason === null ? null : <q>{reason}</q>}
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
