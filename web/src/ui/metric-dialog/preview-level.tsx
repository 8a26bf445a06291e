import type { MetricDefinition, MetricPreview } from '@assay/server/contract'
import { DayBars } from '../../charts/day-bars.tsx'
import { DayTable } from '../../charts/day-table.tsx'
import { plural } from '../format.ts'
import { Notice } from '../notice.tsx'
import css from './metric-preview.module.css'
import { levelNote, levelText, spreadWords, whyNoLevel } from './preview-words.ts'

/** Level and spread today, with the events they come from day by day. */
export function PreviewLevel({ definition, preview }: { definition: MetricDefinition; preview: MetricPreview }) {
  const { level, sd, perDay, events, unitsWithEvent } = preview
  return (
    <div className={css.level}>
      {level === null ? <Notice tone="warn">{whyNoLevel({ ...preview, days: perDay.length })}</Notice> : (
        <p className={css.figure}><b>{levelText(definition, level)}</b><span>{levelNote(preview)}</span></p>
      )}
      {level === null || sd === null ? null : <p className="soft">{spreadWords(definition, sd)}{preview.cap === null ? '' : ` Sums above ${levelText(definition, preview.cap)} count as that.`}</p>}
      <DayBars days={perDay} label={`Events per day over ${plural(perDay.length, 'day')}: ${plural(events, 'event')} of ${plural(unitsWithEvent, 'person', 'people')}.`} />
      <p className="muted">{plural(events, 'event')} of {plural(unitsWithEvent, 'person', 'people')} in {plural(perDay.length, 'day')}</p>
      {perDay.length === 0 ? null : <DayTable days={perDay} />}
    </div>
  )
}
