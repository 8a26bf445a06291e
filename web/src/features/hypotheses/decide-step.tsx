import { Autocomplete, NumberInput, Textarea } from '@mantine/core'
import type { Choices } from './choices.ts'
import { percentToShare } from './draft-form.ts'
import { effectWords } from './effect-words.ts'
import type { Wizard } from './use-wizard.ts'
import css from './wizard.module.css'

/** What would prove us wrong, and what happens then. */
export function DecideStep({ wizard, choices }: { wizard: Wizard; choices: Choices }) {
  const { form, change, errors } = wizard
  const effect = percentToShare(form.minimumEffect)
  const example = effect === null || effect <= 0 ? 'the whole interval lies below the smallest effect' : `the whole interval lies ${form.direction === 'increase' ? 'below' : 'above'} ${effectWords(form.direction, effect)}`
  return (
    <>
      <Textarea label="We are wrong if" description="Say it before there are numbers. It cannot be argued with afterwards." placeholder={example} value={form.wrongIf} error={errors['wrongIf']} onChange={(event) => { change({ wrongIf: event.currentTarget.value }) }} />
      <Textarea label="The way back" description="What is done, and by whom, when it does harm." placeholder="turn the flag off; nothing else has to be undone" value={form.rollbackPlan} error={errors['rollbackPlan']} onChange={(event) => { change({ rollbackPlan: event.currentTarget.value }) }} />
      <div className={css.pair}>
        <NumberInput label="Most people who may meet the change" description="Of the audience, while it is tested." placeholder="50" suffix="%" min={0} max={100} hideControls value={form.maxExposure} error={errors['maxExposure']} onChange={(maxExposure) => { change({ maxExposure }) }} />
        <NumberInput label="Longest it may run" description="Then it is decided with what there is." placeholder="30" suffix=" days" min={1} max={365} allowDecimal={false} hideControls value={form.maxDays} error={errors['maxDays']} onChange={(maxDays) => { change({ maxDays }) }} />
      </div>
      <Autocomplete label="Who decides" description="One person or one role, and by when." placeholder="Product owner of checkout, on the Monday after" data={[...new Set(choices.members.map((member) => member.name))]} maxLength={200} value={form.decider} error={errors['decider']} onChange={(decider) => { change({ decider }) }} />
    </>
  )
}
