import type { MetricDefinition } from '@assay/server/contract'
import { useState } from 'react'
import { formToDefinition, type MetricForm } from './metric-form.ts'
import { definitionProblems } from './metric-problems.ts'

/** The newest of what was written that can be computed: numbers stay on the page while a condition is half written. Null before there is one. */
export function useComputable(form: MetricForm): MetricDefinition | null {
  const [last, setLast] = useState<{ form: MetricForm | null; definition: MetricDefinition | null }>({ form: null, definition: null })
  if (last.form === form) return last.definition
  const definition = Object.keys(definitionProblems(form)).length === 0 ? formToDefinition(form) : last.definition
  setLast({ form, definition })
  return definition
}
