import type { Metric } from '@assay/server/contract'
import { ActionIcon, Button, NumberInput, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { DraftForm } from './draft-form.ts'
import css from './guardrails-editor.module.css'

interface Props {
  guardrails: DraftForm['guardrails']
  metrics: readonly Metric[]
  /** The metric that decides cannot veto itself. */
  primary: string | null
  errors: Record<string, string>
  onChange: (guardrails: DraftForm['guardrails']) => void
}

/** Metrics that may veto, each with how much worse is still tolerated. */
export function GuardrailsEditor({ guardrails, metrics, primary, errors, onChange }: Props) {
  const set = (index: number, part: Partial<DraftForm['guardrails'][number]>) => { onChange(guardrails.map((guardrail, at) => (at === index ? { ...guardrail, ...part } : guardrail))) }
  const free = (own: string) => metrics.filter(({ key }) => key === own || (key !== primary && !guardrails.some(({ metric }) => metric === key)))
  return (
    <fieldset className={css.guardrails}>
      <legend>Metrics that must not get worse</legend>
      <p>Each may veto. The limit is how much worse you still accept, of its level today; without one it vetoes only proven harm.</p>
      {guardrails.length === 0 ? null : (
        <ul>
          {guardrails.map((guardrail, index) => {
            const metric = metrics.find(({ key }) => key === guardrail.metric)
            return (
              <li key={index}>
                <Select aria-label={`Guardrail ${index + 1}`} placeholder="Choose a metric" searchable allowDeselect={false} data={free(guardrail.metric).map(({ key, name }) => ({ value: key, label: name }))} value={guardrail.metric === '' ? null : guardrail.metric} error={errors[`guardrails.${index}.metric`]} onChange={(key) => { set(index, { metric: key ?? '' }) }} />
                <NumberInput aria-label={`Limit of ${metric?.name ?? `guardrail ${index + 1}`}`} placeholder="No limit" suffix={metric === undefined ? '%' : metric.direction === 'increase' ? '% lower' : '% higher'} min={0} max={100} hideControls value={guardrail.margin} error={errors[`guardrails.${index}.margin`]} onChange={(margin) => { set(index, { margin }) }} />
                <ActionIcon aria-label={`Remove ${metric?.name ?? `guardrail ${index + 1}`}`} onClick={() => { onChange(guardrails.filter((_, at) => at !== index)) }}><IconTrash size={16} /></ActionIcon>
              </li>
            )
          })}
        </ul>
      )}
      {guardrails.length < 20 && free('').length > 0 ? <Button variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { onChange([...guardrails, { metric: '', margin: '' }]) }}>Add guardrail</Button> : null}
    </fieldset>
  )
}
