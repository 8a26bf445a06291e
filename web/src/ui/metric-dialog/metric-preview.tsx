import type { MetricDefinition } from '@assay/server/contract'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useProjectKey } from '../../api/project.ts'
import { messageOf } from '../message-of.ts'
import { Notice } from '../notice.tsx'
import { DetectableTable } from './detectable-table.tsx'
import { previewQuery, type PreviewScope } from './metric-insight-queries.ts'
import css from './metric-preview.module.css'
import { definitionWords } from './metric-words.ts'
import { PreviewLevel } from './preview-level.tsx'
import { PreviewScopeFields } from './preview-scope-fields.tsx'
import { Worded } from './worded.tsx'

interface Props {
  /** Null while it cannot be computed. */
  definition: MetricDefinition | null
  scope: PreviewScope
  onScope: (change: Partial<PreviewScope>) => void
}

/** What a definition measures, while it is being written. */
export function MetricPreview({ definition, scope, onScope }: Props) {
  return (
    <section className={css.preview} aria-labelledby="preview-title">
      <header><h3 id="preview-title">What it measures today</h3><PreviewScopeFields scope={scope} onChange={onScope} /></header>
      {definition === null ? <p className="soft">Fill in what is computed, and this shows its level on the events that are there.</p> : <Measured definition={definition} scope={scope} />}
    </section>
  )
}

function Measured({ definition, scope }: { definition: MetricDefinition; scope: PreviewScope }) {
  const project = useProjectKey()
  const preview = useQuery(previewQuery(project, scope, definition))
  return (
    <div className={css.measured} aria-live="polite" aria-busy={preview.isFetching}>
      <p><Worded words={definitionWords(definition)} /></p>
      {preview.error ? <Notice tone="danger">{messageOf(preview.error)}</Notice> : preview.data === undefined ? <Skeleton h={160} /> : (
        <div className={preview.isPlaceholderData ? css.stale : undefined}>
          <PreviewLevel definition={definition} preview={preview.data} />
          {preview.data.level === null ? null : <DetectableTable definition={definition} preview={preview.data} />}
        </div>
      )}
    </div>
  )
}
