import type { Metric } from '@assay/server/contract'
import { definitionWords } from '../../ui/metric-dialog/metric-words.ts'
import { Worded } from '../../ui/metric-dialog/worded.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './metric-page.module.css'

/** What somebody wrote, and what is really computed. */
export function MeaningPanel({ metric }: { metric: Metric }) {
  return (
    <Panel title="What it measures">
      {metric.description === '' ? null : <p className={css.said}>{metric.description}</p>}
      <p className={css.computed}><Worded words={definitionWords(metric)} /></p>
    </Panel>
  )
}
