import { Button, Checkbox, TextInput } from '@mantine/core'
import type { TargetingRule } from '@assay/server/contract'
import { ConditionEditor } from '../../ui/condition/condition-editor.tsx'
import { useKnownAttributes } from '../../ui/condition/known-attributes.ts'
import type { TargetingEdit } from './edit-targeting.ts'
import css from './rules.module.css'
import { ServeEditor } from './serve-editor.tsx'
import type { TargetingContext } from './targeting-context.ts'

interface Props {
  rule: TargetingRule
  live: TargetingRule | undefined
  onEdit: (edit: TargetingEdit) => void
  onDone: () => void
  context: TargetingContext
}

/** A rule while it is edited. Nothing is saved here: every edit goes into the draft. */
export function RuleEditor({ rule, live, onEdit, onDone, context }: Props) {
  const attributes = useKnownAttributes()
  return (
    <div className={css.editor}>
      <TextInput label="Name" placeholder="What these people have in common" value={rule.name} onChange={(event) => { onEdit({ type: 'name-rule', id: rule.id, name: event.currentTarget.value }) }} maxLength={200} size="xs" className={css.name} />
      <section aria-label="Whom it matches">
        <h3>Whom it matches</h3>
        <ConditionEditor value={rule.when} onChange={(when) => { onEdit({ type: 'set-condition', id: rule.id, when }) }} cohorts={context.cohorts} attributes={attributes} everyone="Everyone who reaches this rule, until you add a condition." />
      </section>
      <section aria-label="What they get">
        <h3>What they get</h3>
        <ServeEditor serve={rule.serve} live={live?.serve} onChange={(serve) => { onEdit({ type: 'set-serve', id: rule.id, serve }) }} variants={context.variants} offVariant={context.offVariant} unitTypes={context.unitTypes} layers={context.layers} place={{ flag: context.flag, environment: context.environment, rule: rule.id }} naming={context.naming} beyond="The others go on to the next rule." />
      </section>
      <Checkbox size="xs" label="Held-out people pass this rule by" description="A holdout measures what everything shipped amounts to: its people go on to the next rule. Shipping an experiment sets this, until the holdout is released." checked={rule.heldOut === true} onChange={(event) => { onEdit({ type: 'set-held-out', id: rule.id, heldOut: event.currentTarget.checked }) }} />
      <div><Button variant="default" size="compact-sm" onClick={onDone}>Done</Button></div>
    </div>
  )
}
