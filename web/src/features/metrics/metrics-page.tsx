import type { Metric } from '@assay/server/contract'
import { IconChartDots, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { hypothesesQuery, metricsQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { Top } from '../../ui/top.tsx'
import { metricUses } from './metric-uses.ts'
import { MetricsTable } from './metrics-table.tsx'

const MetricDialog = lazy(async () => ({ default: (await import('../../ui/metric-dialog/metric-dialog.tsx')).MetricDialog }))

export function MetricsPage() {
  const project = useProject()
  const permit = usePermit('metric.write')
  const metrics = useQuery(metricsQuery(project.key))
  const hypotheses = useQuery(hypothesesQuery(project.key))
  const [editing, setEditing] = useState<Metric | 'new'>()
  const crumbs = [{ label: project.name, to: `/p/${project.key}` }, { label: 'Metrics' }]
  const create = <PermittedButton permit={permit} leftSection={<IconPlus size={15} />} onClick={() => { setEditing('new') }}>New metric</PermittedButton>
  const error = metrics.error ?? hypotheses.error

  const body = () => {
    if (!metrics.data || !hypotheses.data) return error ? <Failure error={error} onRetry={() => { void metrics.refetch(); void hypotheses.refetch() }} /> : <Loading />
    const list = metrics.data.metrics
    if (list.length === 0) {
      return (
        <Empty icon={<IconChartDots size={28} stroke={1.6} />} title="Nothing is measured yet" action={create}>
          A metric says what is computed from the events that services record, and which way is better. A hypothesis is decided by one.
        </Empty>
      )
    }
    return (
      <>
        <MetricsTable metrics={list} uses={metricUses(hypotheses.data.hypotheses)} onEdit={setEditing} />
        <p className="muted" style={{ marginTop: 10 }}>{plural(list.length, 'metric')}. Sealed plans keep the definition they were sealed with.</p>
      </>
    )
  }
  return (
    <>
      <Top crumbs={crumbs} />
      <Page wide title="Metrics" lead="What counts: what decides, what explains, and what must not get worse." actions={metrics.data && metrics.data.metrics.length > 0 ? <><ExportMenu resource="metrics" /><ExportMenu resource="metric-revisions" label="Export history" />{create}</> : undefined}>
        {body()}
      </Page>
      {editing === undefined ? null : (
        <Suspense>
          <MetricDialog
            metric={editing === 'new' ? undefined : editing}
            onClose={() => { setEditing(undefined) }}
            onSaved={(saved) => {
              setEditing(undefined)
              toastDone({ title: editing === 'new' ? `${saved.name} is written down` : `${saved.name} is changed`, detail: editing === 'new' ? 'Hypotheses can be decided by it.' : 'Sealed plans keep their definition.' })
            }}
          />
        </Suspense>
      )}
    </>
  )
}
