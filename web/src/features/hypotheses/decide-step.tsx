import type { Advice } from '@assay/server/contract'
import { Autocomplete, NumberInput, Textarea } from '@mantine/core'
import type { Choices } from './choices.ts'
import { percentToShare } from './draft-form.ts'
import { effectWords } from './effect-words.ts'
import { FieldAdvice } from './field-advice.tsx'
import type { Wizard } from './use-wizard.ts'
import css from './wizard.module.css'

/** What would prove us wrong, and what happens then. */
export function DecideStep({ wizard, choices, advice }: { wizard: Wizard; choices: Choices; advice: readonly Advice[] }) {
  const { form, change, errors } = wizard
  const effect = percentToShare(form.minimumEffect)
  const example = effect === null || effect <= 0 ? 'the whole interval lies below the smallest effect' : `the whole interval lies ${form.direction === 'increase' ? 'below' : 'above'} ${effectWords(form.direction, effect)}`
  return (
    <>
      <div>
        <Textarea label="We are wrong if" description="Say it before there are numbers. It cannot be argued with afterwards." placeholder={example} value={form.wrongIf} error={errors['wrongIf']} onChange={(event) => { change({ wrongIf: event.currentTarget.value }) }} />
        <FieldAdvice advice={advice} field="wrongIf" />
      </div>
      <Textarea label="The way back" description="What is done, and by whom, when it does harm." placeholder="turn the flag off; nothing else has to be undone" value={form.rollbackPlan} error={errors['rollbackPlan']} onChange={(event) => { change({ rollbackPlan: event.currentTarget.value }) }} />
      <div className={css.pair}>
        <NumberInput label="Most people who may meet the change" description="Of the audience, while it is tested." placeholder="50" suffix="%" min={0} max={100} hideControls value={form.maxExposure} error={errors['maxExposure']} onChange={(maxExposure) => { change({ maxExposure }) }} />
        <NumberInput label="Longest it may run" description="Then it is decided with what there is." placeholder="30" suffix=" days" min={1} max={365} allowDecimal={false} hideControls value={form.maxDays} error={errors['maxDays']} onChange={(maxDays) => { change({ maxDays }) }} />
      </div>
      <div>
        <Autocomplete label="Who decides" description="One person or one role, and by when." placeholder="Product owner of checkout, on the Monday after" data={[...new Set(choices.members.map((member) => member.name))]} maxLength={200} value={form.decider} error={errors['decider']} onChange={(decider) => { change({ decider }) }} />
        <FieldAdvice advice={advice} field="decider" />
      </div>
      <div>
        <div className={css.pair}>
          <NumberInput label="How likely is it?" description="The chance, in your eyes, that it is confirmed. It is scored once there is a verdict." placeholder="30" suffix="%" min={0} max={100} hideControls value={form.forecast.probability} error={errors['forecast.probability']} onChange={(probability) => { change({ forecast: { ...form.forecast, probability } }) }} />
          <NumberInput label={form.direction === 'increase' ? 'How much will it rise?' : 'How much will it fall?'} description="What you expect, not the least worth having." placeholder="4" suffix="%" min={-100} max={1000} hideControls value={form.forecast.lift} error={errors['forecast.lift']} onChange={(lift) => { change({ forecast: { ...form.forecast, lift } }) }} />
        </div>
        <FieldAdvice advice={advice} field="forecast" />
      </div>
    </>
  )
}
