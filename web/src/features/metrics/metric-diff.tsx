import type { FieldChange } from '../../ui/metric-dialog/metric-fields.ts'
import css from './metric-page.module.css'

/** Two revisions in words, field by field. */
export function MetricDiff({ changes }: { changes: readonly FieldChange[] }) {
  if (changes.length === 0) return <p className={css.same}>These two say the same.</p>
  return (
    <dl className={css.diff} aria-label="What differs">
      {changes.map(({ field, label, was, now }) => (
        <div key={field}>
          <dt>{label}</dt>
          <dd className={css.was}><span className="sr">Was: </span>{was}</dd>
          <dd className={css.now}><span className="sr">Now: </span>{now}</dd>
        </div>
      ))}
    </dl>
  )
}
