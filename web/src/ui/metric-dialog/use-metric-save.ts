import { routes, type Metric } from '@assay/server/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { useProjectKey } from '../../api/project.ts'
import { conflictOf } from '../conflict/conflict-of.ts'
import { mergeEdits } from '../conflict/merge-edits.ts'
import { toastDone } from '../toast.tsx'
import { metricFields } from './metric-fields.ts'
import { formToMetric, metricKey, metricToForm, type MetricForm } from './metric-form.ts'

/** Writes a metric. Edits of somebody else who was first are kept where they do not clash; where they do, `theirs` waits for a choice. */
export function useMetricSave(metric: Metric | undefined, onSaved: (metric: Metric) => void) {
  const project = useProjectKey()
  const client = useQueryClient()
  const [theirs, setTheirs] = useState<Metric>()
  const save = useMutation({
    mutationFn: ({ values, basedOn }: { values: MetricForm; basedOn: number | undefined }) => {
      const reason = values.reason.trim()
      return basedOn === undefined || !metric
        ? call(routes.createMetric, { params: { project }, body: { key: metricKey(values), ...formToMetric(values) } })
        : call(routes.saveMetric, { params: { project, metric: metric.key }, body: { basedOn, ...formToMetric(values), ...(reason === '' ? {} : { reason }) } })
    },
    onSuccess: async (saved) => {
      await Promise.all([client.invalidateQueries({ queryKey: ['metrics', project] }), client.invalidateQueries({ queryKey: ['metric', project, saved.key] })])
      onSaved(saved)
    },
    onError: (error, { values }) => {
      // The contract says what stands now is the metric itself.
      const current = conflictOf(error)?.current as Metric | undefined
      if (!current || !metric) return
      const { merged, clashes } = mergeEdits(metric, current, mineOf(metric, values), metricFields)
      if (clashes.length === 0) {
        toastDone({ title: `${current.changedBy} changed ${metric.name} too`, detail: 'Both edits are kept.' })
        save.mutate({ values: { ...metricToForm(merged), reason: values.reason }, basedOn: current.revision })
      } else setTheirs(current)
    },
  })
  return { save, theirs, forgetTheirs: () => { setTheirs(undefined) } }
}

/** The metric as the form would make it: without what the form leaves out. */
export function mineOf({ key, revision, changedAt, changedBy }: Metric, values: MetricForm): Metric {
  return { key, revision, changedAt, changedBy, ...formToMetric(values) }
}
