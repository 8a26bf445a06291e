import type { Advice } from '@assay/server/contract'
import { Select, Textarea, TextInput } from '@mantine/core'
import type { Choices } from './choices.ts'
import { FieldAdvice } from './field-advice.tsx'
import { RelatedField } from './related-field.tsx'
import type { Wizard } from './use-wizard.ts'
import css from './wizard.module.css'

/** The four blanks of the belief, without the metric: change, audience, reason, and a name for it all. */
export function BelieveStep({ wizard, choices, advice }: { wizard: Wizard; choices: Choices; advice: readonly Advice[] }) {
  const { form, change, errors, held } = wizard
  return (
    <>
      <TextInput label="Name" description="How people will call it on the board." placeholder="Express pay at checkout" required withAsterisk={false} maxLength={200} value={form.title} error={errors['title']} onChange={(event) => { change({ title: event.currentTarget.value }) }} />
      <div>
        <Textarea label="We believe that" description="The change, small enough that one flag can show it." placeholder="offering express pay at checkout" value={form.change} error={errors['change']} onChange={(event) => { change({ change: event.currentTarget.value }) }} />
        <FieldAdvice advice={advice} field="change" />
      </div>
      <div>
        <div className={css.pair}>
          <Textarea label="for" description="The people it is meant for." placeholder="returning shoppers" minRows={1} value={form.audience} error={errors['audience']} onChange={(event) => { change({ audience: event.currentTarget.value }) }} />
          <Select label="who are in the cohort" description="Others never meet it. Without one, anybody can." placeholder="Everybody" clearable clearButtonProps={{ 'aria-label': 'Clear the cohort' }} searchable nothingFoundMessage="No such cohort" data={choices.cohorts.map(({ key, name }) => ({ value: key, label: name }))} value={form.cohort} error={errors['cohort']} onChange={(cohort) => { change({ cohort }) }} />
        </div>
        <FieldAdvice advice={advice} field="audience" />
      </div>
      <div>
        <Textarea label="because" description="What you have seen or heard that makes you think so." placeholder="most leave at the address form" value={form.because} error={errors['because']} onChange={(event) => { change({ because: event.currentTarget.value }) }} />
        <FieldAdvice advice={advice} field="because" />
      </div>
      <RelatedField own={held?.key ?? null} relatedTo={form.relatedTo} error={errors['relatedTo']} onChange={(relatedTo) => { change({ relatedTo }) }} />
    </>
  )
}
