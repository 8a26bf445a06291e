import type { SeenEvent } from '@assay/server/contract'
import type { MetricForm } from './metric-form.ts'

/** What every part of the editor works on. */
export interface EditorProps {
  form: MetricForm
  change: (part: Partial<MetricForm>) => void
  /** Messages by field. */
  errors: Readonly<Record<string, string>>
  /** Events that services recorded lately. */
  seen: readonly SeenEvent[]
}
