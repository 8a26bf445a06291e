import type { Analysis, ExperimentDetail } from '@assay/server/contract'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { LiftBand } from '../../charts/lift-band.tsx'
import { liftSeries } from '../../charts/lift-series.ts'
import { LiftTable } from '../../charts/lift-table.tsx'
import { Panel } from '../../ui/panel.tsx'

/** The deciding metric's lift as it stood at the end of each day. */
export function LiftPanel({ experiment, analysis }: { experiment: ExperimentDetail; analysis: Analysis }) {
  const [view, setView] = useState('Chart')
  const primary = analysis.metrics.find((metric) => metric.role === 'primary')
  const treatments = analysis.arms.map((arm) => arm.arm).filter((arm) => arm !== analysis.control)
  const series = liftSeries(analysis.daily, treatments)
  const minimum = experiment.plan?.minimumEffect ?? null
  const target = minimum === null ? null : primary?.direction === 'decrease' ? -minimum : minimum
  return (
    <Panel
      title={`Lift so far${primary ? `, ${primary.name}` : ''}`}
      aside={<><span className="muted">Always-valid interval, safe to check daily</span><SegmentedControl aria-label="Show lift as" data={['Chart', 'Table']} value={view} onChange={setView} /></>}
    >
      {analysis.daily.length === 0 ? <p className="soft">The first point stands at the end of the first day (UTC).</p> : view === 'Table' ? <LiftTable series={series} /> : <LiftBand series={series} target={target} plannedDays={experiment.plannedDays} running={experiment.status === 'running'} />}
    </Panel>
  )
}
