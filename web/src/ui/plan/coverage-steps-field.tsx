import { ActionIcon, Button, NumberInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import css from './coverage-steps-field.module.css'
import type { StepValue } from './plan-extras.ts'

interface Props {
  steps: readonly StepValue[]
  error: string | undefined
  onChange: (steps: StepValue[]) => void
}

/** Steps of the share that are planned: taken by themselves, and no deviation. */
export function CoverageStepsField({ steps, error, onChange }: Props) {
  const set = (index: number, part: Partial<StepValue>) => { onChange(steps.map((step, at) => (at === index ? { ...step, ...part } : step))) }
  return (
    <fieldset className={css.plain} aria-describedby={error === undefined ? undefined : 'steps-error'}>
      <legend className={css.legend}>Planned steps</legend>
      <p className={css.hint}>Assay raises the share by itself at these times. What is planned here is part of the sealed plan.</p>
      <ul className={css.steps}>
        {steps.map((step, index) => (
          <li key={index} className={css.step}>
            <NumberInput aria-label={`Share after step ${index + 1}`} suffix="%" min={0} max={100} decimalScale={3} hideControls value={step.coverage} onChange={(coverage) => { set(index, { coverage }) }} />
            <NumberInput aria-label={`Days until step ${index + 1}`} prefix="after " suffix={Number(step.afterDays) === 1 ? ' day' : ' days'} min={1} max={365} allowDecimal={false} hideControls value={step.afterDays} onChange={(afterDays) => { set(index, { afterDays }) }} />
            <ActionIcon aria-label={`Remove step ${index + 1}`} onClick={() => { onChange(steps.filter((_, at) => at !== index)) }}><IconTrash size={16} /></ActionIcon>
          </li>
        ))}
      </ul>
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { onChange([...steps, nextStep(steps)]) }}>Add a step</Button>
      {error === undefined ? null : <p className={css.error} id="steps-error" role="alert">{error}</p>}
    </fieldset>
  )
}

/** A day after the last one; the first is proposed to admit everybody. */
function nextStep(steps: readonly StepValue[]): StepValue {
  const last = steps.at(-1)
  return last ? { afterDays: Number(last.afterDays) + 1, coverage: '' } : { afterDays: 1, coverage: 100 }
}
