import { IconArrowDown, IconArrowUp, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { hypothesesQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Failure } from '../../ui/failure.tsx'
import { KeyTag } from '../../ui/key-tag.tsx'
import { Loading } from '../../ui/loading.tsx'
import { directionWords, typeWords } from '../../ui/metric-dialog/metric-words.ts'
import { Page } from '../../ui/page.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { Top } from '../../ui/top.tsx'
import { MeaningPanel } from './meaning-panel.tsx'
import { metricUses } from './metric-uses.ts'
import { metricPlansQuery, metricQuery, metricRevisionsQuery } from './metrics-queries.ts'
import { UsedPanel } from './used-panel.tsx'

const MetricDialog = lazy(async () => ({ default: (await import('../../ui/metric-dialog/metric-dialog.tsx')).MetricDialog }))
const HistoryPanel = lazy(async () => ({ default: (await import('./history-panel.tsx')).HistoryPanel }))
const MeasuredPanels = lazy(async () => ({ default: (await import('./measured-panels.tsx')).MeasuredPanels }))

/** What a metric means, what it measures today, where it is used and what it was before. */
export function MetricPage() {
  const project = useProject()
  const { metric: key = '' } = useParams({ strict: false })
  const permit = usePermit('metric.write')
  const metric = useQuery(metricQuery(project.key, key))
  const revisions = useQuery(metricRevisionsQuery(project.key, key))
  const plans = useQuery(metricPlansQuery(project.key, key))
  const hypotheses = useQuery(hypothesesQuery(project.key))
  const [editing, setEditing] = useState(false)
  const all = [metric, revisions, plans, hypotheses]
  const error = all.find((query) => query.error)?.error

  const body = () => {
    if (!metric.data || !revisions.data || !plans.data || !hypotheses.data) return error ? <Failure error={error} onRetry={() => { for (const query of all) void query.refetch() }} /> : <Loading />
    const { name, type, direction, owner, revision, changedAt, changedBy } = metric.data
    return (
      <Page
        title={name}
        meta={(
          <>
            <KeyTag>{key}</KeyTag>
            <Chip>{typeWords[type]}</Chip>
            <Chip icon={direction === 'increase' ? <IconArrowUp size={13} aria-hidden /> : <IconArrowDown size={13} aria-hidden />}>{directionWords[direction]}</Chip>
            <span>{owner === undefined ? 'Nobody answers for it yet' : `${owner} answers for it`}</span>
            <span>Revision {revision} by {changedBy}, <Ago at={changedAt} /></span>
          </>
        )}
        actions={<PermittedButton permit={permit} leftSection={<IconPencil size={15} />} onClick={() => { setEditing(true) }}>Edit</PermittedButton>}
      >
        <div className="columns">
          <div>
            <MeaningPanel metric={metric.data} />
            <Suspense fallback={<Loading rows={3} />}><MeasuredPanels metric={metric.data} /></Suspense>
          </div>
          <div>
            <UsedPanel metric={metric.data} uses={metricUses(hypotheses.data.hypotheses).get(key)} plans={plans.data.plans} />
            <Suspense fallback={<Loading rows={3} />}><HistoryPanel key={revisions.data.revisions.length} revisions={revisions.data.revisions} /></Suspense>
          </div>
        </div>
      </Page>
    )
  }
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Metrics', to: `/p/${project.key}/metrics` }, { label: metric.data?.name ?? key }]} />
      {body()}
      {editing ? (
        <Suspense>
          <MetricDialog
            metric={metric.data}
            onClose={() => { setEditing(false) }}
            onSaved={(saved) => {
              setEditing(false)
              toastDone({ title: `${saved.name} is changed`, detail: 'Sealed plans keep their definition.' })
            }}
          />
        </Suspense>
      ) : null}
    </>
  )
}
