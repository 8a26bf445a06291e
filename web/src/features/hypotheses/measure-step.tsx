import type { Advice, Metric } from '@assay/server/contract'
import { MultiSelect, NumberInput, SegmentedControl, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { usePermit } from '../../api/project.ts'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import type { Choices } from './choices.ts'
import { FieldAdvice } from './field-advice.tsx'
import { GuardrailsEditor } from './guardrails-editor.tsx'
import type { Wizard } from './use-wizard.ts'
import css from './wizard.module.css'

const MetricDialog = lazy(async () => ({ default: (await import('../../ui/metric-dialog/metric-dialog.tsx')).MetricDialog }))

/** One metric decides; some must not get worse; others explain. */
export function MeasureStep({ wizard, choices, advice }: { wizard: Wizard; choices: Choices; advice: readonly Advice[] }) {
  const { form, change, errors } = wizard
  const permit = usePermit('metric.write')
  const [creating, setCreating] = useState(false)
  const options = choices.metrics.map(({ key, name }) => ({ value: key, label: name }))
  const chosen = choices.metrics.find(({ key }) => key === form.primaryMetric)
  // The preferred direction of the metric is the likely one; it can be turned round.
  const decideBy = (metric: Metric | undefined) => { change({ primaryMetric: metric?.key ?? null, ...(metric ? { direction: metric.direction } : {}) }) }
  return (
    <>
      <div className={css.withButton}>
        <Select label="The one metric that decides" description={chosen?.description === '' || chosen === undefined ? 'If you could know only one number, which would it be?' : chosen.description} placeholder="Choose a metric" searchable clearable clearButtonProps={{ 'aria-label': 'Clear the metric' }} nothingFoundMessage="No such metric" data={options} value={form.primaryMetric} error={errors['primaryMetric']} onChange={(key) => { decideBy(choices.metrics.find((metric) => metric.key === key)) }} />
        <PermittedButton permit={permit} variant="default" leftSection={<IconPlus size={14} />} onClick={() => { setCreating(true) }}>New metric</PermittedButton>
      </div>
      <div className={css.pair}>
        <div>
          <span className={css.label} id="direction">The change will</span>
          <SegmentedControl aria-labelledby="direction" data={[{ value: 'increase', label: 'raise it' }, { value: 'decrease', label: 'lower it' }]} value={form.direction} onChange={(direction) => { change({ direction: direction === 'decrease' ? 'decrease' : 'increase' }) }} />
        </div>
        <NumberInput label="by at least" description="The smallest effect worth having." placeholder="2" suffix="%" min={0} max={1000} hideControls value={form.minimumEffect} error={errors['minimumEffect']} onChange={(minimumEffect) => { change({ minimumEffect }) }} />
      </div>
      {['primaryMetric', 'direction', 'minimumEffect'].map((field) => <FieldAdvice key={field} advice={advice} field={field} />)}
      <GuardrailsEditor guardrails={form.guardrails} metrics={choices.metrics} primary={form.primaryMetric} errors={errors} onChange={(guardrails) => { change({ guardrails }) }} />
      {['guardrails', ...form.guardrails.map((_, index) => `guardrails.${index}.margin`)].map((field) => <FieldAdvice key={field} advice={advice} field={field} />)}
      <MultiSelect label="Metrics that explain" description="They are shown beside the answer, and decide nothing." placeholder={form.secondaryMetrics.length === 0 ? 'None' : ''} searchable nothingFoundMessage="No such metric" data={options.filter(({ value }) => value !== form.primaryMetric && !form.guardrails.some(({ metric }) => metric === value))} value={form.secondaryMetrics} error={errors['secondaryMetrics']} onChange={(secondaryMetrics) => { change({ secondaryMetrics }) }} />
      {creating ? <Suspense><MetricDialog onClose={() => { setCreating(false) }} onSaved={(metric) => { setCreating(false); decideBy(metric) }} /></Suspense> : null}
    </>
  )
}
