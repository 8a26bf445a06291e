import type { Metric } from '@assay/server/contract'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useProjectKey } from '../../api/project.ts'
import { Failure } from '../../ui/failure.tsx'
import { DetectableTable } from '../../ui/metric-dialog/detectable-table.tsx'
import { previewQuery } from '../../ui/metric-dialog/metric-insight-queries.ts'
import { PreviewLevel } from '../../ui/metric-dialog/preview-level.tsx'
import { PreviewScopeFields } from '../../ui/metric-dialog/preview-scope-fields.tsx'
import { usePreviewScope } from '../../ui/metric-dialog/use-preview-scope.ts'
import { Panel } from '../../ui/panel.tsx'
import { definitionOf } from '../../ui/metric-dialog/definition-of.ts'
import { SampleTable } from './sample-table.tsx'
import css from './metric-page.module.css'

/** Level, spread and events on live data, and what so many people can show. */
export function MeasuredPanels({ metric }: { metric: Metric }) {
  const project = useProjectKey()
  const [scope, setScope] = usePreviewScope()
  const definition = definitionOf(metric)
  const preview = useQuery(previewQuery(project, scope, definition))
  const found = preview.data
  return (
    <>
      <Panel title="Today" aside={<PreviewScopeFields scope={scope} onChange={setScope} />}>
        {preview.error ? <Failure error={preview.error} onRetry={() => { void preview.refetch() }} /> : found === undefined ? <Skeleton h={200} /> : <PreviewLevel definition={definition} preview={found} />}
      </Panel>
      {found === undefined || found.level === null ? null : (
        <Panel title="What so many people can show" aside={<span className="muted">two equal variants, 80% power at 5%</span>} padded={false}>
          <div className={css.flush}><DetectableTable definition={definition} preview={found} /></div>
        </Panel>
      )}
      {found === undefined ? null : <Panel title="Newest events" padded={false}><SampleTable metric={metric} sample={found.sample} /></Panel>}
    </>
  )
}
